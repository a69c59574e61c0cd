#pragma once
#include <algorithm>
#include <cstring>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/model_file/cvimodel/cvimodel_generated.h>
#include <tpu_convert/model_file/cvimodel/header.hpp>
#include <tpu_convert/model_file/cvimodel/reader.hpp>
#include <tpu_convert/model_file/digest.hpp>
#include <tpu_convert/model_file/mapped_file.hpp>

namespace tpu_convert::cvimodel {

namespace detail {

namespace schema = cvimodel_schema;

[[noreturn]] TPU_CONVERT_INLINE void damaged(std::string const& name, std::string const& sentence) {
    throw model_error{error_code::file_damaged, name, sentence};
}

// Walks over verified tables; what the verifier does not know, the places of sections and codes, is checked here.
class table_reader {
public:
    table_reader(blob const& whole, std::uint64_t sections_start, std::string const& name)
        : whole_(whole), start_(sections_start), name_(name), budget_(16 * sections_start) {}

    void read_model(schema::Model const& m, file& out) const;

private:
    program_info read_program(schema::Program const& p) const;
    tensor_info read_tensor(schema::Tensor const& t) const;
    routine read_routine(schema::Routine const& r) const;
    section read_section(schema::Section const& s) const;

    // A small hostile file may refer to one long name from everywhere.
    void spend(std::size_t bytes) const {
        if (bytes > budget_) damaged(name_, "its tables refer to the same names and lists again and again");
        budget_ -= bytes;
    }
    std::string text(flatbuffers::String const* s) const {
        spend(s ? s->size() : 0);
        return s ? s->str() : std::string();
    }
    // f of each element; a list that is absent is empty.
    template <class Vector, class F>
    static auto each(Vector const* items, F f) {
        std::vector<decltype(f(*items->Get(0)))> out;
        if (items)
            for (auto const* item : *items) out.push_back(f(*item));
        return out;
    }
    std::vector<std::string> names(flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>> const* items) const {
        return each(items, [&](flatbuffers::String const& s) { return text(&s); });
    }
    // Elements are copied as bytes: the verifier does not look at the alignment of a vector's elements.
    template <class T>
    std::vector<T> numbers(flatbuffers::Vector<T> const* items) const {
        spend(items ? items->size() * sizeof(T) : 0);
        std::vector<T> copy(items ? items->size() : 0);
        if (!copy.empty()) std::memcpy(copy.data(), items->Data(), copy.size() * sizeof(T));
        return copy;
    }
    shape dims(schema::Shape const* s) const {
        if (!s) return {};
        auto const found = numbers(s->dim());
        return {found.begin(), found.end()};
    }
    template <class Code>
    Code code(std::uint8_t value, Code last, char const* what) const {
        if (value > static_cast<std::uint8_t>(last))
            damaged(name_, std::string(what) + " has the code " + std::to_string(value) + ", which the format does not have");
        return static_cast<Code>(value);
    }

    blob const& whole_;
    std::uint64_t start_;
    std::string const& name_;
    mutable std::uint64_t budget_; // bytes that may still be copied out of the tables
};

TPU_CONVERT_INLINE tensor_info table_reader::read_tensor(schema::Tensor const& t) const {
    tensor_info out;
    out.id = t.tensor_id(), out.name = text(t.name()), out.address = t.offset(), out.data_type = t.dtype();
    out.dims = dims(t.shape());
    if (t.stride()) out.strides = dims(t.stride());
    if (auto const* q = t.quant()) {
        out.has_quantization = true;
        out.quantized = code(q->type(), quantization::asymmetric, "a quantization");
        out.max_value = q->max_value(), out.min_value = q->min_value();
        out.zero_point = q->zero_point(), out.qscale = q->qscale();
    }
    out.overwritten = t.overwrote();
    out.scale = numbers(t.scale()), out.mean = numbers(t.mean());
    out.pixel_format = text(t.pixel_format());
    out.aligned = t.aligned(), out.bytes = t.size();
    if (!dtype_of_code(out.data_type))
        damaged(name_, "tensor " + out.name + " has the element type " + std::to_string(out.data_type) + ", which is none");
    return out;
}

TPU_CONVERT_INLINE routine table_reader::read_routine(schema::Routine const& r) const {
    routine out;
    out.kind = code(r.type(), routine_kind::cpu, "a routine");
    out.inputs = names(r.in_tensors()), out.outputs = names(r.out_tensors());
    if (auto const* t = r.tpu_routine())
        out.commands = text(t->cmdbuf_section()), out.relocated_commands = text(t->dmabuf_section());
    if (auto const* c = r.cpu_routine()) {
        out.function = text(c->function_section());
        for (auto b : numbers(c->function_args())) out.arguments.push_back(static_cast<std::byte>(b));
    }
    return out;
}

TPU_CONVERT_INLINE section table_reader::read_section(schema::Section const& s) const {
    section out{code(s.type(), section_kind::relocated_commands, "a section"), text(s.name()), {}, s.encrypt(), s.compress(),
                s.decompressed_size()};
    std::uint64_t const room = whole_.size() - start_;
    if (s.offset() > room || s.size() > room - s.offset())
        damaged(name_, "section " + out.name + " lies at " + std::to_string(s.offset()) + "+" + std::to_string(s.size()) +
                           ", outside the " + std::to_string(room) + " bytes behind the tables");
    out.bytes = {whole_.bytes().subspan(start_ + s.offset(), s.size()), whole_.owner()};
    return out;
}

TPU_CONVERT_INLINE program_info table_reader::read_program(schema::Program const& p) const {
    program_info out;
    out.batch = p.batch_num(), out.neuron_bytes = p.neuron_size();
    out.inputs = names(p.input_tensors()), out.outputs = names(p.output_tensors());
    out.tensors = each(p.tensor_map(), [&](schema::Tensor const& t) { return read_tensor(t); });
    out.routines = each(p.routines(), [&](schema::Routine const& r) { return read_routine(r); });
    out.shared_bytes = p.shared_gmem(), out.own_bytes = p.private_gmem();
    return out;
}

TPU_CONVERT_INLINE void table_reader::read_model(schema::Model const& m, file& out) const {
    out.sub_minor = m.version()->sub_minor();
    out.name = text(m.name()), out.build_time = text(m.build_time());
    out.target = text(m.target()), out.compiler_version = text(m.mlir_version());
    if (auto const* h = m.preprocess_hints())
        out.preprocessing = preprocess_hints{text(h->color()),       text(h->mean()), text(h->std()),
                                             text(h->data_format()), h->raw_scale(),  h->input_scale()};
    if (auto const* h = m.postprocess_hints()) out.done_softmax = h->done_softmax();
    out.weights = each(m.weight_map(), [&](schema::Weight const& w) {
        return weight_info{text(w.name()), w.offset(), w.size(), dims(w.shape()), w.type()};
    });
    out.programs = each(m.programs(), [&](schema::Program const& p) { return read_program(p); });
    out.sections = each(m.sections(), [&](schema::Section const& s) { return read_section(s); });
}

TPU_CONVERT_INLINE file_header read_header(std::span<std::byte const> bytes, std::string const& name) {
    file_header h;
    if (bytes.size() < sizeof h)
        damaged(name, "is too short for a .cvimodel: " + std::to_string(bytes.size()) + " bytes; its header alone has 48");
    std::memcpy(&h, bytes.data(), sizeof h);
    if (h.magic != file_header{}.magic) damaged(name, "is no .cvimodel: it does not begin with the word CviModel");
    if (h.major != 1 || h.minor == 0)
        damaged(name, "has version " + std::to_string(h.major) + "." + std::to_string(h.minor) +
                          "; this program reads 1.1 and later");
    if (h.table_bytes < 8 || h.table_bytes > bytes.size() - sizeof h)
        damaged(name, "should have tables of " + std::to_string(h.table_bytes) + " bytes by its header and has " +
                          std::to_string(bytes.size() - sizeof h) + ": it is truncated or damaged");
    return h;
}

} // namespace detail

TPU_CONVERT_INLINE file read(blob const& bytes, std::string const& name) {
    auto const header = detail::read_header(bytes.bytes(), name);
    auto const behind = bytes.bytes().subspan(sizeof header);
    // Tables in memory of their own: a view of a file need not start at a multiple of 8.
    std::vector<std::uint64_t> tables(header.table_bytes / 8 + 1);
    std::memcpy(tables.data(), behind.data(), header.table_bytes);
    auto const* start = reinterpret_cast<std::uint8_t const*>(tables.data());
    flatbuffers::Verifier verifier(start, header.table_bytes, 16, header.table_bytes / 8 + 1);
    if (!cvimodel_schema::VerifyModelBuffer(verifier))
        detail::damaged(name, "its tables are damaged: they point outside their section or lack a required part");
    file out;
    out.major = header.major, out.minor = header.minor;
    out.chip.assign(header.chip.begin(), std::find(header.chip.begin(), header.chip.end(), '\0'));
    out.digest_right = header.md5 == md5(behind);
    detail::table_reader(bytes, sizeof header + header.table_bytes, name).read_model(*cvimodel_schema::GetModel(start), out);
    return out;
}

TPU_CONVERT_INLINE bool is_cvimodel(blob const& bytes) {
    static constexpr file_header plain;
    auto const magic = std::as_bytes(std::span(plain.magic));
    return bytes.size() >= magic.size() && std::equal(magic.begin(), magic.end(), bytes.bytes().begin());
}

TPU_CONVERT_INLINE file read(std::filesystem::path const& path) { return read(map_file(path), path.string()); }

} // namespace tpu_convert::cvimodel
