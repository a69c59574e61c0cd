// Any function of one 8-bit number, as a table.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <tpu_convert/core/tensor_fwd.hpp>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <vector>

namespace tpu_convert::op {

// result = table[x & 255]: entry i stands for the input i, or i - 256 if the input is signed and i > 127. Of several tables,
// one after the other, each channel (axis 1) has its own.
struct integer_table {
    using family = integer_family;
    static constexpr std::string_view name = "IntegerTable";
    static constexpr operand_count operands{1, 1};
    static constexpr quantize_rule quantization = quantize_rule::table;
    static constexpr std::size_t entry_count = 256;

    struct attributes {
        std::vector<std::int64_t> table{}; // 256 numbers of the result's type, or as many for each channel

        static constexpr auto fields() { return field_list{attribute{"table", &attributes::table}}; }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in);
    static void evaluate(attributes const& a, std::span<tensor const* const> in, std::span<tensor> out);
};

} // namespace tpu_convert::op

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/op/integer/integer_elementwise.inl>
#endif
