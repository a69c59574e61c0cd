// How an operator becomes integer arithmetic: the customisation point of quantize/.
#pragma once
#include <algorithm>
#include <any>
#include <cmath>
#include <cstddef>
#include <string>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/op/fused_relu.hpp>
#include <tpu_convert/op/reference.hpp>
#include <tpu_convert/quantize/number_format.hpp>
#include <utility>
#include <variant>
#include <vector>

namespace tpu_convert {

// The node that a rule is asked about.
struct rule_context {
    std::any const& attributes;
    std::vector<value const*> operands;  // null: not given
    std::vector<tensor const*> payloads; // of operands that are weights, else null
    std::vector<number_format> from;     // of the operands; without a scale: not quantized
    number_format to;                    // of the result
    std::vector<shape> results;
    bool asymmetric = false, matmul_per_channel = false;
};

// Whole numbers that take a weight's place.
struct integer_weight {
    tensor elements;
    dtype type = dtype::i8;
    double scale = 1; // for all of it; 0 if each channel has its own
    std::size_t of = 0; // the operand that it replaces
};
struct integer_node {
    operation_info const* op = nullptr;
    std::any attributes;
    std::vector<std::variant<std::size_t, integer_weight>> operands; // an operand of the node itself, by its number, or a weight
    bool aligned = false; // operands are needed at the result's scale
};
// The node stays in floating point; the reason goes into reports.
struct not_integer {
    std::string reason;
};
using rule_answer = std::variant<integer_node, not_integer>;

// Specialised for each operator that has integer arithmetic: static rule_answer make(Op::attributes const&, rule_context const&),
// and `target`, the operator that it becomes. Rules is the tag of a generation of chips that calculate alike. A rule may have
// `static constexpr bool free_zero_points`: zero points of the first operand and of the result cost nothing, so that they are
// used in symmetric networks too.
template <class Op, class Rules>
struct integer_rule;

// BM1684X, BM1688, CV186X, BM1690.
struct bm168x_rules {
    static constexpr bool zero_points = true;        // values may have them
    static constexpr bool bytes_without_sign = true; // for values that are not negative
    static constexpr bool wide_results = true;       // 16 bits for the last product, float32 behind it
    static constexpr bool float32 = true;            // operators compute in it
};
// CV183x, CV182x, CV181x, CV180x.
struct cv18xx_rules {
    static constexpr bool zero_points = false, bytes_without_sign = false, wide_results = false, float32 = false;
};

namespace detail {

// Where a result may lie: in its type, and above 0 or below the limit if a ReLU is fused.
inline std::pair<std::int64_t, std::int64_t> result_bounds(number_format const& to, fused_relu r) {
    std::int64_t lowest = lowest_of(to.type), highest = highest_of(to.type);
    if (r.active) lowest = std::max(lowest, to.zero_point);
    if (r.active && r.limit > 0) {
        double const limit = std::round(r.limit / to.scale) + static_cast<double>(to.zero_point);
        if (limit < static_cast<double>(highest)) highest = std::max(lowest, static_cast<std::int64_t>(limit));
    }
    return {lowest, highest};
}

inline bool symmetric(rule_context const& c) {
    bool none = c.to.zero_point == 0;
    for (auto const& f : c.from) none = none && f.zero_point == 0;
    return none;
}

} // namespace detail

} // namespace tpu_convert
