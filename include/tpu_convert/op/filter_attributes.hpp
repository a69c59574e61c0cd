// What Conv and Deconv have in common: filters that go over an image.
#pragma once
#include <cstdint>
#include <optional>
#include <tpu_convert/op/attributes.hpp>
#include <vector>

namespace tpu_convert::op {

struct filter_attributes {
    std::vector<std::int64_t> kernel_shape{};
    std::vector<std::int64_t> strides{};
    std::vector<std::int64_t> pads{};
    std::int64_t group = 1;
    std::optional<std::vector<std::int64_t>> dilations{};
    bool dynweight_reorderd = false;
    bool do_relu = false;
    double relu_limit = -1;

    static constexpr auto fields() {
        return field_list{attribute{"kernel_shape", &filter_attributes::kernel_shape},
                          attribute{"strides", &filter_attributes::strides}, attribute{"pads", &filter_attributes::pads},
                          attribute{"group", &filter_attributes::group}, attribute{"dilations", &filter_attributes::dilations},
                          attribute{"dynweight_reorderd", &filter_attributes::dynweight_reorderd},
                          attribute{"do_relu", &filter_attributes::do_relu},
                          attribute{"relu_limit", &filter_attributes::relu_limit}};
    }
};

} // namespace tpu_convert::op
