// Indices as tensors hold them: checked, negative ones counted from the back.
#pragma once
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <tpu_convert/core/error.hpp>

namespace tpu_convert::kernel {

template <class T>
std::int64_t checked_index(std::string_view op, T value, std::int64_t size) {
    if (!(value >= static_cast<T>(-size) && value < static_cast<T>(size)))
        throw model_error{error_code::input_mismatch, op,
                          "index " + std::to_string(value) + " lies outside an axis of size " + std::to_string(size)};
    auto const i = static_cast<std::int64_t>(value);
    return i < 0 ? i + size : i;
}

// How an update changes an element: 0 replaces, 1 adds, 2 multiplies, 3 and 4 take maximum and minimum.
template <class T>
T updated(std::int64_t reduction, T old, T update) {
    switch (reduction) {
        case 1: return old + update;
        case 2: return old * update;
        case 3: return old < update ? update : old;
        case 4: return update < old ? update : old;
        default: return update;
    }
}

} // namespace tpu_convert::kernel
