// Enumerations that are attributes of operators, spelled as in the Top dialect.
#pragma once
#include <array>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>

namespace tpu_convert {

enum class round_mode {
    half_away_from_zero, half_up, half_down, half_to_even, half_to_odd, half_towards_zero, towards_zero, up, down
};
template <>
struct enum_names<round_mode> {
    static constexpr std::array<std::string_view, 9> names{"HalfAwayFromZero", "HalfUp",           "HalfDown", "HalfToEven",
                                                           "HalfToOdd",        "HalfTowardsZero", "TowardsZero", "Up",
                                                           "Down"};
};

enum class reduce_mode { min, max, mean, l2, l1, sum, prod };
template <>
struct enum_names<reduce_mode> {
    static constexpr std::array<std::string_view, 7> names{"ReduceMin", "ReduceMax", "ReduceMean", "ReduceL2",
                                                           "ReduceL1",  "ReduceSum", "ReduceProd"};
};

enum class compare_mode {
    equal, greater, greater_or_equal, less, less_or_equal, not_equal, logical_and, logical_not, logical_xor
};
template <>
struct enum_names<compare_mode> {
    static constexpr std::array<std::string_view, 9> names{"Equal",       "Greater",  "GreaterOrEqual", "Less", "LessOrEqual",
                                                           "NotEqual", "And",            "Not",  "Xor"};
};

enum class arg_mode { min, max };
template <>
struct enum_names<arg_mode> {
    static constexpr std::array<std::string_view, 2> names{"ArgMin", "ArgMax"};
};

enum class interp_mode { nearest, linear };
template <>
struct enum_names<interp_mode> {
    static constexpr std::array<std::string_view, 2> names{"nearest", "linear"};
};

enum class interp_coord_mode { align_corners, half_pixel, pytorch_half_pixel, asymmetric };
template <>
struct enum_names<interp_coord_mode> {
    static constexpr std::array<std::string_view, 4> names{"align_corners", "half_pixel", "pytorch_half_pixel", "asymmetric"};
};

enum class padding_mode { constant, reflect, symmetric, edge };
template <>
struct enum_names<padding_mode> {
    static constexpr std::array<std::string_view, 4> names{"constant", "reflect", "symmetric", "edge"};
};

enum class auto_pad_mode { same_upper, same_lower, notset, valid };
template <>
struct enum_names<auto_pad_mode> {
    static constexpr std::array<std::string_view, 4> names{"SAME_UPPER", "SAME_LOWER", "NOTSET", "VALID"};
};

enum class gelu_mode { normal, tanh, sigm };
template <>
struct enum_names<gelu_mode> {
    static constexpr std::array<std::string_view, 3> names{"normal", "tanh", "sigm"};
};

} // namespace tpu_convert
