// What a .cvimodel file says, as plain structs; nothing outside this folder sees the container's format.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tpu_convert/core/dtype.hpp>
#include <tpu_convert/core/shape.hpp>
#include <tpu_convert/model_file/blob.hpp>
#include <vector>

namespace tpu_convert::cvimodel {

// Element types in the order of their codes.
inline constexpr std::array data_types{dtype::f32, dtype::i32, dtype::u32, dtype::bf16,
                                       dtype::i16, dtype::u16, dtype::i8,  dtype::u8};

constexpr std::uint8_t data_type_code(dtype t) {
    if (t == dtype::boolean) t = dtype::u8;
    for (std::size_t i = 0; i < data_types.size(); ++i)
        if (data_types[i] == t) return static_cast<std::uint8_t>(i);
    return 0;
}
constexpr std::optional<dtype> dtype_of_code(std::uint8_t code) {
    return code < data_types.size() ? std::optional(data_types[code]) : std::nullopt;
}

enum class quantization : std::uint8_t { none, bf16, symmetric, asymmetric };

// An address: the number of a base register, and the bytes from where it points to.
inline constexpr unsigned region_bit = 40;
constexpr std::uint64_t region_address(unsigned region) { return std::uint64_t{region} << region_bit; }
constexpr unsigned region_of(std::uint64_t address) { return static_cast<unsigned>(address >> region_bit & 7); }
constexpr std::uint64_t offset_of(std::uint64_t address) { return address & (region_address(1) - 1); }

struct regions {
    static constexpr unsigned shared = 0, weights = 1, own = 2, first_io = 3, last_io = 7;
};

struct tensor_info {
    std::uint32_t id = 0;
    std::string name{};
    std::int64_t address = -1; // -1: on the host only
    std::uint8_t data_type = 0;
    shape dims{};
    std::optional<shape> strides{};
    quantization quantized = quantization::none;
    float max_value = 0, min_value = 0, zero_point = 0, qscale = 0; // qscale: input 1 / step, output step
    bool has_quantization = false;
    bool overwritten = false; // its memory is used again later in the run
    std::vector<float> scale{}, mean{};
    std::string pixel_format{};
    bool aligned = false; // as the camera's scaler aligns rows and planes
    std::uint32_t bytes = 0;
};

struct weight_info {
    std::string name{};
    std::int64_t address = 0;
    std::uint32_t bytes = 0;
    shape dims{};
    std::uint8_t data_type = 0;
};

enum class routine_kind : std::uint8_t { tpu, cpu };

// A step of a program: a command stream, or a function of the runtime.
struct routine {
    routine_kind kind = routine_kind::tpu;
    std::vector<std::string> inputs{}, outputs{};
    std::string commands{}, relocated_commands{}; // names of sections
    std::string function{};                       // name of a function of the runtime, or of a section
    std::vector<std::byte> arguments{};
};

struct program_info {
    std::uint32_t batch = 1;
    std::uint32_t neuron_bytes = 0; // of files from before there were regions
    std::vector<std::string> inputs{}, outputs{};
    std::vector<tensor_info> tensors{};
    std::vector<routine> routines{};
    std::uint32_t shared_bytes = 0, own_bytes = 0;
};

enum class section_kind : std::uint8_t { weights, commands, x86_code, aarch64_code, relocated_commands };
inline constexpr std::array<std::string_view, 5> section_names{"WEIGHT", "CMDBUF", "FUNC_X86", "FUNC_AARCH64", "DMABUF"};

struct section {
    section_kind kind = section_kind::weights;
    std::string name{};
    blob bytes{};
    bool encrypted = false, compressed = false;
    std::uint32_t decompressed_bytes = 0;
};

struct preprocess_hints {
    std::string color{}, mean{}, deviation{}, data_format{};
    float raw_scale = 0, input_scale = 0;
};

struct file {
    std::uint8_t major = 1, minor = 4, sub_minor = 0;
    std::string chip{}; // as the header spells it: cv181x
    std::string name{};
    std::string build_time{};
    std::string target{}, compiler_version{};
    std::optional<preprocess_hints> preprocessing{};
    bool done_softmax = false;
    std::vector<weight_info> weights{};
    std::vector<program_info> programs{};
    std::vector<section> sections{};
    bool digest_right = true; // of a file that was read

    section const* find(std::string_view section_name) const {
        for (auto const& s : sections)
            if (s.name == section_name) return &s;
        return nullptr;
    }
};

} // namespace tpu_convert::cvimodel
