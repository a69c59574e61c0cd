#pragma once
#include <cstring>
#include <limits>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/io/atomic_file.hpp>
#include <tpu_convert/model_file/cvimodel/cvimodel_generated.h>
#include <tpu_convert/model_file/cvimodel/header.hpp>
#include <tpu_convert/model_file/cvimodel/writer.hpp>
#include <tpu_convert/model_file/digest.hpp>

namespace tpu_convert::cvimodel {

namespace detail {

namespace schema = cvimodel_schema;

class table_writer {
public:
    template <class T>
    using offset = flatbuffers::Offset<T>;

    void write_model(file const& m);
    std::span<std::byte const> tables() const {
        return {reinterpret_cast<std::byte const*>(builder_.GetBufferPointer()), builder_.GetSize()};
    }

private:
    offset<schema::Program> write_program(program_info const& p);
    offset<schema::Tensor> write_tensor(tensor_info const& t);
    offset<schema::Routine> write_routine(routine const& r);
    offset<flatbuffers::String> text(std::string const& s) { return s.empty() ? 0 : builder_.CreateString(s); }
    offset<schema::Shape> dims(shape const& s) {
        return schema::CreateShape(builder_, builder_.CreateVector(std::vector<std::int64_t>(s.begin(), s.end())));
    }
    template <class Item, class F>
    auto each(std::vector<Item> const& items, F f) {
        std::vector<decltype(f(items[0]))> out;
        for (auto const& item : items) out.push_back(f(item));
        return builder_.CreateVector(out);
    }
    auto names(std::vector<std::string> const& items) {
        return each(items, [&](auto const& s) { return builder_.CreateString(s); });
    }

    flatbuffers::FlatBufferBuilder builder_{4096};
};

TPU_CONVERT_INLINE auto table_writer::write_tensor(tensor_info const& t) -> offset<schema::Tensor> {
    auto const name = builder_.CreateString(t.name);
    auto const size = dims(t.dims);
    auto const strides = t.strides ? dims(*t.strides) : 0;
    offset<schema::QuantInfo> quantized = 0;
    if (t.has_quantization)
        quantized = schema::CreateQuantInfo(builder_, static_cast<std::uint8_t>(t.quantized), t.max_value, t.min_value,
                                            t.zero_point, t.qscale);
    auto const scale = t.scale.empty() ? 0 : builder_.CreateVector(t.scale);
    auto const mean = t.mean.empty() ? 0 : builder_.CreateVector(t.mean);
    return schema::CreateTensor(builder_, t.id, name, t.address, t.data_type, size, strides, quantized, t.overwritten, scale,
                                mean, text(t.pixel_format), t.aligned, t.bytes);
}

TPU_CONVERT_INLINE auto table_writer::write_routine(routine const& r) -> offset<schema::Routine> {
    auto const inputs = names(r.inputs), outputs = names(r.outputs);
    offset<schema::TpuRoutine> tpu = 0;
    offset<schema::CpuRoutine> cpu = 0;
    if (r.kind == routine_kind::tpu) {
        auto const commands = text(r.commands), relocated = text(r.relocated_commands);
        tpu = schema::CreateTpuRoutine(builder_, commands, relocated);
    } else {
        auto const function = builder_.CreateString(r.function);
        auto const* bytes = reinterpret_cast<std::uint8_t const*>(r.arguments.data());
        cpu = schema::CreateCpuRoutine(builder_, function, builder_.CreateVector(bytes, r.arguments.size()));
    }
    return schema::CreateRoutine(builder_, static_cast<std::uint8_t>(r.kind), inputs, outputs, tpu, cpu);
}

TPU_CONVERT_INLINE auto table_writer::write_program(program_info const& p) -> offset<schema::Program> {
    auto const inputs = names(p.inputs), outputs = names(p.outputs);
    auto const tensors = each(p.tensors, [&](auto const& t) { return write_tensor(t); });
    auto const routines = each(p.routines, [&](auto const& r) { return write_routine(r); });
    return schema::CreateProgram(builder_, p.batch, p.neuron_bytes, inputs, outputs, tensors, routines, p.shared_bytes,
                                 p.own_bytes);
}

TPU_CONVERT_INLINE void table_writer::write_model(file const& m) {
    schema::Version const version(m.major, m.minor, m.sub_minor);
    auto const name = builder_.CreateString(m.name);
    auto const time = builder_.CreateString(m.build_time); // the runtime reads it wherever there is a target
    offset<schema::PreProcessHints> before = 0;
    if (auto const& h = m.preprocessing) {
        auto const color = text(h->color), mean = text(h->mean), deviation = text(h->deviation), format = text(h->data_format);
        before = schema::CreatePreProcessHints(builder_, color, h->raw_scale, mean, deviation, h->input_scale, format);
    }
    auto const after = m.done_softmax ? schema::CreatePostProcessHints(builder_, true) : 0;
    auto const weights = each(m.weights, [&](weight_info const& w) {
        auto const weight_name = builder_.CreateString(w.name);
        auto const size = dims(w.dims);
        return schema::CreateWeight(builder_, weight_name, w.address, w.bytes, size, w.data_type);
    });
    auto const programs = each(m.programs, [&](auto const& p) { return write_program(p); });
    std::uint64_t at = 0;
    auto const sections = each(m.sections, [&](section const& s) {
        auto const section_name = builder_.CreateString(s.name);
        auto const start = static_cast<std::uint32_t>(at);
        at += s.bytes.size();
        return schema::CreateSection(builder_, static_cast<std::uint8_t>(s.kind), section_name,
                                     static_cast<std::uint32_t>(s.bytes.size()), start, s.encrypted, s.compressed,
                                     s.decompressed_bytes);
    });
    auto const target = text(m.target), compiler = text(m.compiler_version);
    builder_.Finish(schema::CreateModel(builder_, &version, name, time, before, after, weights, programs, sections, target,
                                        compiler));
}

} // namespace detail

TPU_CONVERT_INLINE std::vector<std::byte> to_bytes(file const& model) {
    detail::table_writer writer;
    writer.write_model(model);
    auto const tables = writer.tables();
    file_header header;
    std::uint64_t total = sizeof header + tables.size();
    for (auto const& s : model.sections) total += s.bytes.size();
    if (total > std::numeric_limits<std::uint32_t>::max())
        throw model_error{error_code::file_too_large, model.name,
                          "weights and commands have " + std::to_string(total) + " bytes; a .cvimodel holds at most 4294967295"};
    if (model.chip.empty() || model.chip.size() >= header.chip.size())
        throw model_error{error_code::internal, model.name, "the chip's name '" + model.chip + "' does not fit the header"};
    std::vector<std::byte> out(sizeof header);
    out.reserve(total);
    out.insert(out.end(), tables.begin(), tables.end());
    for (auto const& s : model.sections) out.insert(out.end(), s.bytes.bytes().begin(), s.bytes.bytes().end());
    header.table_bytes = static_cast<std::uint32_t>(tables.size());
    header.major = model.major, header.minor = model.minor;
    std::copy(model.chip.begin(), model.chip.end(), header.chip.begin());
    header.md5 = md5(std::span(out).subspan(sizeof header));
    std::memcpy(out.data(), &header, sizeof header);
    return out;
}

TPU_CONVERT_INLINE void write(file const& model, std::filesystem::path const& path) { write_file(path, to_bytes(model)); }

} // namespace tpu_convert::cvimodel
