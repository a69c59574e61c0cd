// RoiAlign of regions [n, 5] on the one of several feature maps that target_lvls names for each.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composed/formula.hpp>
#include <tpu_convert/op/composed/roi_align.hpp>
#include <tpu_convert/op/composition.hpp>
#include <vector>

namespace tpu_convert::op {

struct roi_extractor : composed<roi_extractor> {
    static constexpr std::string_view name = "RoiExtractor";
    static constexpr operand_count operands{3, any_number};

    struct attributes {
        std::string mode{};
        std::int64_t num_levels = 0;
        std::int64_t output_height = 0;
        std::int64_t output_width = 0;
        std::int64_t sampling_ratio = 0;
        std::vector<double> spatial_scales{};
        bool align_corners = false;
        bool is_static = false;

        static constexpr auto fields() {
            return field_list{attribute{"mode", &attributes::mode},
                              attribute{"num_levels", &attributes::num_levels},
                              attribute{"output_height", &attributes::output_height},
                              attribute{"output_width", &attributes::output_width},
                              attribute{"sampling_ratio", &attributes::sampling_ratio},
                              attribute{"spatial_scales", &attributes::spatial_scales},
                              attribute{"align_corners", &attributes::align_corners},
                              attribute{"is_static", &attributes::is_static}};
        }
    };

    // Every region is read on every level; the others are dropped.
    static void compose(attributes const& a, composition& c) {
        formula const f{c};
        auto const levels = c.operand_count() - 2;
        f.require(a.spatial_scales.size() == levels && a.num_levels == static_cast<std::int64_t>(levels),
                  "there is a feature map and a spatial_scale for each of num_levels");
        term const regions = c.operand(0);
        term const level = f.shaped(f.real(c.operand(1)), {f.dim(regions, 0), 1, 1, 1});
        term y;
        for (std::size_t i = 0; i < levels; ++i) {
            roi_align::attributes const read{a.mode,           a.output_height,     a.output_width,
                                             a.sampling_ratio, a.spatial_scales[i], a.align_corners};
            term const made = c.make<roi_align>(read, {c.operand(i + 2), regions});
            y = y ? f.where(f.compare(compare_mode::equal, level, static_cast<double>(i)), made, y) : made;
        }
        c.result(y);
    }
};

} // namespace tpu_convert::op
