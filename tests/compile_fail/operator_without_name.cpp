// expect: an operator needs: static constexpr std::string_view name
#include <tpu_convert/op/concepts.hpp>

using namespace tpu_convert;

struct no_name {
    struct attributes {
        static constexpr int fields() { return 0; }
    };
    using family = unary_family;
    static constexpr operand_count operands{1, 1};
    static constexpr quantize_rule quantization = quantize_rule::float_only;
    static std::vector<shape> infer(attributes const&, std::span<shape const> in) { return {in[0]}; }
};
constexpr bool holds = operation_contract<no_name>::holds;
