// expect: an operator needs: static std::vector<shape> infer(attributes const&, std::span<shape const>)
#include <tpu_convert/op/concepts.hpp>

using namespace tpu_convert;

struct no_infer {
    struct attributes {
        static constexpr int fields() { return 0; }
    };
    using family = unary_family;
    static constexpr std::string_view name = "NoInfer";
    static constexpr operand_count operands{1, 1};
    static constexpr quantize_rule quantization = quantize_rule::float_only;
};
constexpr bool holds = operation_contract<no_infer>::holds;
