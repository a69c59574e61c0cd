// What a chip is: a tag type whose static members are its resources and its lists of commands.
#pragma once
#include <concepts>
#include <cstdint>
#include <string_view>
#include <tpu_convert/core/dtype.hpp>

namespace tpu_convert {

template <class T>
concept chip = requires(dtype t) {
    { T::name } -> std::convertible_to<std::string_view>;      // as users write it: bm1684x
    { T::file_name } -> std::convertible_to<std::string_view>; // as it stands in a model file: BM1684X
    { T::cores } -> std::convertible_to<std::int64_t>;
    { T::lanes } -> std::convertible_to<std::int64_t>;
    { T::lane_memory_bytes } -> std::convertible_to<std::int64_t>;
    { T::banks } -> std::convertible_to<std::int64_t>;
    { T::eu_bytes } -> std::convertible_to<std::int64_t>;
    { T::ic_parallel(t) } -> std::convertible_to<std::int64_t>;
    { T::tiu_hertz } -> std::convertible_to<double>;
    typename T::commands;
    typename T::tiu_commands;
    typename T::gdma_commands;
    typename T::stream_rules;
};

} // namespace tpu_convert
