// Regions, inputs, groups of commands and outputs of a stage.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <tpu_convert/chip/registry.hpp>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/core/float16.hpp>
#include <tpu_convert/simulate/bm1684x.hpp>
#include <tpu_convert/simulate/machine.hpp>
#include <tpu_convert/simulate/run_bmodel.hpp>

namespace tpu_convert::simulate {

namespace detail {

TPU_CONVERT_INLINE dtype type_of(bmodel::tensor_info const& t) {
    auto const type = bmodel::dtype_of_code(t.data_type);
    if (!type || t.shapes.empty())
        throw model_error{error_code::file_damaged, t.name,
                          "the tensor has type code " + std::to_string(t.data_type) + " and " + std::to_string(t.shapes.size()) +
                              " shapes; the machine needs a type of whole bytes and one shape"};
    return *type;
}

// The number of elements, which must fit the bytes that the file grants.
TPU_CONVERT_INLINE std::size_t count_of(bmodel::tensor_info const& t) {
    std::uint64_t n = bytes_of(type_of(t));
    for (auto d : t.shapes[0]) {
        if (d <= 0 || n > (std::uint64_t{1} << 40) / static_cast<std::uint64_t>(d))
            throw model_error{error_code::file_damaged, t.name, "the shape " + to_string(t.shapes[0]) + " is impossible"};
        n *= static_cast<std::uint64_t>(d);
    }
    return static_cast<std::size_t>(n / bytes_of(type_of(t)));
}

template <class T>
void quantize_into(std::byte* to, float const* x, std::size_t count, float scale, std::int32_t zero_point) {
    for (std::size_t i = 0; i < count; ++i) {
        double const v = std::round(static_cast<double>(x[i]) * scale) + zero_point;
        T const q =
            v != v ? T{0} : static_cast<T>(std::clamp<double>(v, std::numeric_limits<T>::min(), std::numeric_limits<T>::max()));
        std::memcpy(to + i * sizeof q, &q, sizeof q);
    }
}

template <class T>
void widen_into(float* to, std::byte const* from, std::size_t count, float scale, std::int32_t zero_point) {
    for (std::size_t i = 0; i < count; ++i) {
        T q;
        std::memcpy(&q, from + i * sizeof q, sizeof q);
        to[i] = static_cast<float>((static_cast<double>(q) - zero_point) * scale);
    }
}

TPU_CONVERT_INLINE void store_float(std::byte* to, dtype type, float const* x, std::size_t count, float scale,
                                    std::int32_t zero_point) {
    for (std::size_t i = 0; i < count && (type == dtype::f16 || type == dtype::bf16); ++i) {
        std::uint16_t const v = type == dtype::f16 ? f32_to_f16(x[i]) : f32_to_bf16(x[i]);
        std::memcpy(to + 2 * i, &v, 2);
    }
    if (type == dtype::f32) std::memcpy(to, x, 4 * count);
    if (type == dtype::i8) quantize_into<std::int8_t>(to, x, count, scale, zero_point);
    if (type == dtype::u8) quantize_into<std::uint8_t>(to, x, count, scale, zero_point);
    if (type == dtype::i16) quantize_into<std::int16_t>(to, x, count, scale, zero_point);
    if (type == dtype::u16) quantize_into<std::uint16_t>(to, x, count, scale, zero_point);
    if (type == dtype::i32) quantize_into<std::int32_t>(to, x, count, scale, zero_point);
    if (type == dtype::u32) quantize_into<std::uint32_t>(to, x, count, scale, zero_point);
}

TPU_CONVERT_INLINE array load_float(std::byte const* from, dtype type, shape const& dims, std::size_t count, float scale,
                                    std::int32_t zero_point) {
    array out{dtype::f32, dims, std::vector<std::byte>(4 * count)};
    auto* const to = reinterpret_cast<float*>(out.bytes.data());
    for (std::size_t i = 0; i < count && (type == dtype::f16 || type == dtype::bf16); ++i) {
        std::uint16_t v;
        std::memcpy(&v, from + 2 * i, 2);
        to[i] = type == dtype::f16 ? f16_to_f32(v) : bf16_to_f32(v);
    }
    if (type == dtype::f32) std::memcpy(to, from, 4 * count);
    if (type == dtype::i8) widen_into<std::int8_t>(to, from, count, scale, zero_point);
    if (type == dtype::u8) widen_into<std::uint8_t>(to, from, count, scale, zero_point);
    if (type == dtype::i16) widen_into<std::int16_t>(to, from, count, scale, zero_point);
    if (type == dtype::u16) widen_into<std::uint16_t>(to, from, count, scale, zero_point);
    if (type == dtype::i32) widen_into<std::int32_t>(to, from, count, scale, zero_point);
    if (type == dtype::u32) widen_into<std::uint32_t>(to, from, count, scale, zero_point);
    return out;
}

TPU_CONVERT_INLINE array const& input_array(npz const& inputs, bmodel::tensor_info const& t, std::size_t of) {
    if (array const* a = inputs.find(t.name)) return *a;
    if (inputs.size() == 1 && of == 1) return inputs.begin()->second;
    throw model_error{error_code::input_mismatch, t.name, "the net has this input, but no array of that name is given"};
}

TPU_CONVERT_INLINE void set_input(machine_memory& m, bmodel::tensor_info const& t, array const& a) {
    dtype const type = type_of(t);
    std::size_t const count = count_of(t), given = static_cast<std::size_t>(element_count(a.dims));
    if (count != given)
        throw model_error{error_code::input_mismatch, t.name,
                          "the array has shape " + to_string(a.dims) + ", the net takes " + to_string(t.shapes[0])};
    bool const same = a.type == type || (bytes_of(a.type) == bytes_of(type) && type == dtype::bf16);
    if (!same && a.type != dtype::f32)
        throw model_error{error_code::input_mismatch, t.name,
                          "the array is " + std::string(info(a.type).name) + ", the net takes " + std::string(info(type).name) +
                              " or float32"};
    std::vector<std::byte> bytes(count * bytes_of(type));
    if (same)
        bytes = a.bytes;
    else
        store_float(bytes.data(), type, reinterpret_cast<float const*>(a.bytes.data()), count, t.scale, t.zero_point);
    m.store_global(t.address, bytes);
}

TPU_CONVERT_INLINE array get_output(machine_memory& m, bmodel::tensor_info const& t, bool raw) {
    dtype const type = type_of(t);
    std::size_t const count = count_of(t), bytes = count * bytes_of(type);
    std::byte const* const from = m.global(t.address, bytes);
    if (raw) return {type, t.shapes[0], std::vector<std::byte>(from, from + bytes)};
    return load_float(from, type, t.shapes[0], count, t.scale, t.zero_point);
}

TPU_CONVERT_INLINE bmodel::stage const& pick_stage(bmodel::file const& file, bmodel_run_options const& o) {
    for (auto const& n : file.nets) {
        if (!o.net.empty() && n.name != o.net) continue;
        if (o.stage >= n.stages.size())
            throw model_error{error_code::usage, n.name,
                              "the net has " + std::to_string(n.stages.size()) + " stages, number " + std::to_string(o.stage) +
                                  " is asked for"};
        return n.stages[o.stage];
    }
    throw model_error{error_code::usage, o.net, "the file has no net of that name"};
}

// Every address of the streams lies in one of these.
TPU_CONVERT_INLINE void add_regions(machine_memory& m, bmodel::stage const& s, bmodel_run_options const& o,
                                    std::uint64_t global_base) {
    constexpr std::uint64_t most = std::uint64_t{16} << 30;
    std::span<std::byte const> coefficients = o.coefficients;
    std::uint64_t address = global_base;
    if (s.coefficient_memory) {
        if (coefficients.empty()) coefficients = s.coefficient_memory->bytes.bytes();
        if (s.coefficient_memory->address) address = s.coefficient_memory->address;
    }
    std::uint64_t context = s.context_bytes;
    if (!s.context_sizes.empty()) {
        context = 0;
        for (auto v : s.context_sizes) context += std::min(v, most + 1);
    }
    if (context > most || s.io_bytes > most)
        throw model_error{error_code::file_damaged, "", "the net asks for more than 16 GiB of memory"};
    if (!coefficients.empty()) {
        m.add_region("weights", address, coefficients.size(), false);
        m.store_global(address, coefficients);
    }
    if (context) m.add_region("activations", s.context_address, context, true);
    if (s.io_bytes) m.add_region("inputs and outputs", s.io_address, s.io_bytes, true);
}

template <class Chip>
bmodel_run_result run_stage(bmodel::stage const& s, npz const& inputs, bmodel_run_options const& o) {
    machine<Chip> chip({o.checks, o.fill, o.run_order});
    auto& memory = chip.state();
    add_regions(memory, s, o, Chip::global_base);
    for (auto const& [name, a] : inputs) {
        bool const known = std::any_of(s.inputs.begin(), s.inputs.end(), [&](auto const& t) { return t.name == name; });
        if (!known && !(inputs.size() == 1 && s.inputs.size() == 1))
            throw model_error{error_code::unknown_tensor, name, "the net has no input of that name"};
    }
    for (auto const& t : s.inputs) set_input(memory, t, input_array(inputs, t, s.inputs.size()));
    auto const run_groups = [&](std::vector<bmodel::command_group> const& groups) {
        for (auto const& g : groups) chip.run(g.tiu.bytes(), g.gdma.bytes());
    };
    if (s.is_dynamic) throw model_error{error_code::not_built_yet, "", "the machine runs static nets only, this one is dynamic"};
    if (s.subnets.empty()) run_groups(s.groups);
    for (auto const& n : s.subnets) {
        if (n.mode != 0 || n.is_dynamic)
            throw model_error{error_code::not_built_yet, "", "the machine runs static subnets of the TPU only"};
        if (n.cores.size() > 1) throw model_error{error_code::not_built_yet, "", "the machine runs one core only"};
        run_groups(n.cores.empty() ? n.groups : n.cores[0].groups);
    }
    bmodel_run_result r;
    for (auto const& t : s.outputs) r.outputs.set(t.name, get_output(memory, t, o.raw));
    for (auto const& t : o.also) {
        std::size_t const count = static_cast<std::size_t>(element_count(t.dims));
        r.outputs.set(t.name, load_float(memory.global(t.address, count * bytes_of(t.type)), t.type, t.dims, count, 1, 0));
    }
    auto const report = chip.report();
    r.hazards = report.hazards, r.commands = report.commands;
    return r;
}

} // namespace detail

TPU_CONVERT_INLINE bmodel_run_result run_bmodel(bmodel::file const& file, npz const& inputs, bmodel_run_options const& options) {
    bmodel::stage const& s = detail::pick_stage(file, options);
    bmodel_run_result result;
    with_chip(file.chip, [&]<class Chip>(std::type_identity<Chip>) { result = detail::run_stage<Chip>(s, inputs, options); });
    return result;
}

} // namespace tpu_convert::simulate
