// How alike two tensors are, and whether that is enough.
#pragma once
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/core/dtype.hpp>
#include <tpu_convert/core/shape.hpp>
#include <tpu_convert/core/tensor_fwd.hpp>
#include <vector>

namespace tpu_convert {

// cosine = x.y / (|x| |y|), 0 if one is all zero; euclidean = 1 - |x - y| / (|(x + y) / 2| + 1e-7);
// sqnr = 10 log10(var(y) / var(x - y)), y the reference. Elements that are equal, NaN or infinite in both, count
// as no difference; if one is finite and the other not, cosine and euclidean are 0.
struct similarity {
    double cosine = 1, euclidean = 1, sqnr = std::numeric_limits<double>::infinity(), max_abs = 0;
    bool equal = true;
    int close_order = 0; // the largest n <= 5 with |x - y| <= 1e-8 + 10^-n |y| everywhere; 0 below 2
};
// Of a tensor that is not there, or of another size.
inline constexpr similarity no_similarity{0, 0, -std::numeric_limits<double>::infinity(),
                                          std::numeric_limits<double>::infinity(), false, 0};
similarity compare(std::span<float const> x, std::span<float const> reference);
// Throws shape_mismatch if the sizes differ.
similarity compare(tensor const& x, tensor const& reference);

enum class match : std::uint8_t { equal, close, similar, not_equal, not_similar, not_match, missing };
std::string_view to_string(match m);

struct compare_rules {
    double cosine = 0.99, euclidean = 0.99;
    std::int64_t axis = -1;   // each slice along the axes up to this one by itself, the worst counts
    bool int8_exact = true;   // int8 must be equal
};

struct comparison {
    std::string name;
    match level = match::missing;
    bool passed = false;
    similarity figures;
    shape dims;
    std::string type;
};
// `type` says how the reference is stored.
comparison judge(std::string name, tensor const& x, tensor const& reference, compare_rules const& rules, dtype type = dtype::f32);

struct comparison_report {
    std::vector<comparison> rows;

    bool passed() const; // false if nothing was compared
    std::string text(int verbose) const;
    std::string csv() const;
    std::string json() const;
};

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/report/compare.inl>
#include <tpu_convert/report/compare_text.inl>
#endif
