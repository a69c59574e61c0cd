// Boxes of several sizes around the centre of each cell, and their variances: [1, 2, 4 boxes].
#pragma once
#include <cstdint>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>
#include <vector>

namespace tpu_convert::op {

struct prior_box : composed<prior_box> {
    static constexpr std::string_view name = "PriorBox";
    static constexpr operand_count operands{1, any_number};

    struct attributes {
        std::vector<double> min_size{};
        std::vector<double> max_size{};
        std::vector<double> aspect_ratios{};
        std::vector<double> variance{};
        bool clip = true;
        double step_h = 0;
        double step_w = 0;
        std::int64_t img_h = 0;
        std::int64_t img_w = 0;
        double offset = 0.5;
        std::int64_t num_priors = 0;
        bool use_default_aspect_ratio = true;

        static constexpr auto fields() {
            return field_list{attribute{"min_size", &attributes::min_size},
                              attribute{"max_size", &attributes::max_size},
                              attribute{"aspect_ratios", &attributes::aspect_ratios},
                              attribute{"variance", &attributes::variance}, attribute{"clip", &attributes::clip},
                              attribute{"step_h", &attributes::step_h}, attribute{"step_w", &attributes::step_w},
                              attribute{"img_h", &attributes::img_h}, attribute{"img_w", &attributes::img_w},
                              attribute{"offset", &attributes::offset},
                              attribute{"num_priors", &attributes::num_priors},
                              attribute{"use_default_aspect_ratio", &attributes::use_default_aspect_ratio}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
