// Elements at strides of the input, at strides of the result.
#pragma once
#include <cstdint>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>
#include <vector>

namespace tpu_convert::op {

struct copy_strided : composed<copy_strided> {
    static constexpr std::string_view name = "Copy";
    static constexpr operand_count operands{1, 1};

    struct attributes {
        std::vector<std::int64_t> extent{};
        std::vector<std::int64_t> input_stride{};
        std::vector<std::int64_t> output_stride{};

        static constexpr auto fields() {
            return field_list{attribute{"shape", &attributes::extent},
                              attribute{"input_stride", &attributes::input_stride},
                              attribute{"output_stride", &attributes::output_stride}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
