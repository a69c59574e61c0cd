// What a .bmodel file says, as plain structs; nothing outside this folder sees the container's format.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <tpu_convert/core/dtype.hpp>
#include <tpu_convert/core/shape.hpp>
#include <tpu_convert/model_file/blob.hpp>
#include <vector>

namespace tpu_convert::bmodel {

// Codes of element types as the format numbers them; i4 and u4 have no dtype.
inline constexpr std::array<std::string_view, 11> data_type_names{"f32", "f16", "i8",  "u8",   "i16", "u16",
                                                                  "i32", "u32", "bf16", "i4", "u4"};

constexpr std::uint32_t data_type_code(dtype t) {
    switch (t) {
    case dtype::f16: return 1;
    case dtype::i8: return 2;
    case dtype::u8:
    case dtype::boolean: return 3;
    case dtype::i16: return 4;
    case dtype::u16: return 5;
    case dtype::i32: return 6;
    case dtype::u32: return 7;
    case dtype::bf16: return 8;
    default: return 0;
    }
}

constexpr std::optional<dtype> dtype_of_code(std::uint32_t code) {
    constexpr std::array types{dtype::f32, dtype::f16, dtype::i8,  dtype::u8, dtype::i16,
                               dtype::u16, dtype::i32, dtype::u32, dtype::bf16};
    return code < types.size() ? std::optional(types[code]) : std::nullopt;
}

struct tensor_info {
    std::string name{};
    std::uint32_t data_type = 0;
    std::int32_t store_mode = 0; // 0 1N, 1 2N, 2 4N
    std::uint64_t address = 0;
    std::uint64_t bytes = 0;
    std::vector<shape> shapes{};  // one for a static net
    std::uint32_t memory_type = 1;
    float scale = 1;            // input: 1 / step, output: step
    std::uint32_t cpu_address = 0;
    std::uint32_t pad_h = 0;
    std::int32_t zero_point = 0;
    std::int32_t hidden = 0;
    std::int32_t index = 0;
};

// One epoch of command ids: the streams of both engines.
struct command_group {
    std::uint32_t tiu_count = 0, gdma_count = 0; // the end commands count
    blob tiu{}, gdma{};
};

struct core_commands {
    std::vector<command_group> groups{};
    std::vector<blob> sdma{}, hau{}, cdma{};
};

struct subnet {
    std::int32_t mode = 0; // 0 TPU, 1 CPU, 2 merge, 3 switch
    std::vector<command_group> groups{};
    std::vector<tensor_info> inputs{}, outputs{};
    std::int32_t is_dynamic = 0, n_dynamic = 0, h_w_dynamic = 0;
    std::uint32_t ir_offset = 0, ir_length = 0;
    std::int32_t id = -1;
    std::vector<std::int32_t> next_ids{};
    std::vector<core_commands> cores{}; // used instead of groups when there are several cores
    std::uint32_t run_core = 0;
};

struct location {
    std::string name{};
    std::uint64_t offset = 0, size = 0;
};

struct coefficients {
    std::uint64_t address = 0;
    std::vector<std::uint8_t> check_code{}; // SHA-256; the writer computes it if it is empty
    blob bytes{};
    std::vector<location> locations{};
    std::int32_t encrypt_mode = 0;
    std::uint64_t decrypt_size = 0;
};

struct stage_ir {
    std::uint32_t words = 0;
    std::int32_t height_high = 0, height_low = 0, width_high = 0, width_low = 0;
};

// One set of input shapes.
struct stage {
    std::vector<tensor_info> inputs{}, outputs{};
    std::uint64_t context_address = 0, context_bytes = 0;
    std::vector<std::uint64_t> context_sizes{};
    std::optional<coefficients> coefficient_memory{};
    std::int32_t is_dynamic = 0, n_dynamic = 0, h_w_dynamic = 0;
    std::vector<command_group> groups{};
    blob profile{}, binary_ir{}, statistics{}, tensor_locations{};
    std::vector<stage_ir> ir{};
    std::vector<subnet> subnets{};
    std::uint32_t cpu_memory_bytes = 0;
    std::uint32_t core_count = 0; // 0 means 1
    std::uint64_t io_address = 0, io_bytes = 0;
};

struct cascade {
    std::uint32_t device_id = 0, step = 0;
    std::string main_name{};
};

struct net {
    std::string name{};
    std::vector<stage> stages{};
    std::optional<bmodel::cascade> cascade_step{};
    std::int32_t address_mode = 0;
};

struct module_file {
    std::string file_name{};
    blob bytes{};
    std::int32_t mode = 0;
};

struct file {
    std::string type = "B";
    std::string version = "2.2";
    std::string time{}; // the writer fills it in if it is empty
    std::string chip{}; // as the format spells it: BM1684X
    std::vector<net> nets{};
    std::uint64_t neuron_bytes = 0;
    std::optional<module_file> kernel_module{}, cpu_module{};
    std::uint32_t device_count = 0;
    std::uint32_t combined = 0;
    blob binary_section{}; // of a file that was read; offsets in listings count from its start
};

} // namespace tpu_convert::bmodel
