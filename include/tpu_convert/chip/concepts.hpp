// What a chip is: a tag type whose static members are its resources and its lists of commands.
#pragma once
#include <concepts>
#include <cstdint>
#include <string_view>
#include <tpu_convert/core/dtype.hpp>

namespace tpu_convert {

// The kind of file that holds a chip's networks.
enum class model_container : std::uint8_t { bmodel, cvimodel };

constexpr std::string_view suffix_of(model_container c) { return c == model_container::bmodel ? ".bmodel" : ".cvimodel"; }

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
    typename T::integer_rules;                                  // a tag of the chips that calculate alike (quantize/)
    { T::container } -> std::convertible_to<model_container>;
    { T::computes_in(t) } -> std::same_as<bool>;                // a type of floating point
    { T::precision_beside_integers } -> std::convertible_to<dtype>;
    { T::has_zero_points } -> std::convertible_to<bool>;        // asymmetric integers
    // Where weights begin in global memory, and activations behind that many bytes of weights.
    { T::weights_address } -> std::convertible_to<std::uint64_t>;
    { T::activations_address(std::uint64_t{}) } -> std::same_as<std::uint64_t>;
};

} // namespace tpu_convert
