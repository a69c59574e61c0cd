// Shapes: lists of dimensions, outermost first. A scalar has rank 0.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace tpu_convert {

using shape = std::vector<std::int64_t>;

// Stands for an optional operand that is not given.
inline shape const& absent_shape() {
    static shape const absent{-1};
    return absent;
}
inline bool is_absent(shape const& s) { return s.size() == 1 && s[0] == -1; }

inline std::int64_t element_count(shape const& s) {
    std::int64_t n = 1;
    for (auto d : s) n *= d;
    return n;
}

// Row-major strides in elements.
inline shape dense_strides(shape const& s) {
    shape strides(s.size(), 1);
    for (std::size_t i = s.size(); i-- > 1;) strides[i - 1] = strides[i] * s[i];
    return strides;
}

// The axis counted from the front; negative axes count from the back.
inline std::int64_t normal_axis(std::int64_t axis, std::size_t rank) {
    return axis < 0 ? axis + static_cast<std::int64_t>(rank) : axis;
}

inline std::string to_string(shape const& s) {
    std::string text = "[";
    for (std::size_t i = 0; i < s.size(); ++i) text += (i ? "," : "") + std::to_string(s[i]);
    return text + "]";
}

} // namespace tpu_convert
