#pragma once
#include <cstring>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/model_file/bmodel/bmodel_generated.h>
#include <tpu_convert/model_file/bmodel/header.hpp>
#include <tpu_convert/model_file/bmodel/reader.hpp>
#include <tpu_convert/model_file/mapped_file.hpp>

namespace tpu_convert::bmodel {

namespace detail {

namespace schema = bmodel_schema;

[[noreturn]] TPU_CONVERT_INLINE void damaged(std::string const& name, std::string const& sentence) {
    throw model_error{error_code::file_damaged, name, sentence};
}

// Walks over verified tables; what the verifier does not know, the ranges of the binary section, is checked here.
class table_reader {
public:
    table_reader(blob const& whole, std::uint64_t binary_start, std::string const& name)
        : whole_(whole), binary_start_(binary_start), name_(name), budget_(16 * binary_start) {}

    file read_model(schema::Model const& m) const;

private:
    net read_net(schema::Net const& n) const;
    stage read_stage(schema::NetParameter const& p) const;
    subnet read_subnet(schema::SubNet const& s) const;
    core_commands read_core(schema::CoreCommands const& c) const;
    command_group read_group(schema::CmdGroup const& g) const;
    coefficients read_coefficients(schema::CoeffMem const& c) const;
    tensor_info read_tensor(schema::Tensor const& t) const;
    blob read_blob(schema::Binary const* b, char const* what) const;

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
    // Elements are copied as bytes: the verifier does not look at the alignment of a vector's elements.
    template <class T, class Element>
    std::vector<T> numbers(flatbuffers::Vector<Element> const* items) const {
        spend(items ? items->size() * sizeof(Element) : 0);
        std::vector<Element> copy(items ? items->size() : 0);
        if (!copy.empty()) std::memcpy(copy.data(), items->Data(), copy.size() * sizeof(Element));
        return {copy.begin(), copy.end()};
    }
    std::vector<blob> blobs(flatbuffers::Vector<schema::Binary const*> const* items, char const* what) const {
        std::vector<blob> out;
        spend(items ? items->size() * sizeof(schema::Binary) : 0);
        for (std::size_t i = 0; items && i < items->size(); ++i) {
            schema::Binary b;
            std::memcpy(&b, items->Data() + i * sizeof b, sizeof b);
            out.push_back(read_blob(&b, what));
        }
        return out;
    }
    std::vector<command_group> groups(flatbuffers::Vector<flatbuffers::Offset<schema::CmdGroup>> const* items) const {
        return each(items, [&](auto const& g) { return read_group(g); });
    }
    std::vector<tensor_info> tensors(flatbuffers::Vector<flatbuffers::Offset<schema::Tensor>> const* items) const {
        return each(items, [&](auto const& t) { return read_tensor(t); });
    }

    blob const& whole_;
    std::uint64_t binary_start_;
    std::string const& name_;
    mutable std::uint64_t budget_; // bytes that may still be copied out of the tables
};

TPU_CONVERT_INLINE blob table_reader::read_blob(schema::Binary const* b, char const* what) const {
    if (!b || b->size() == 0) return {};
    std::uint64_t const room = whole_.size() - binary_start_;
    if (b->start() > room || b->size() > room - b->start())
        damaged(name_, std::string(what) + " lies at " + std::to_string(b->start()) + "+" + std::to_string(b->size()) +
                           ", outside the binary section of " + std::to_string(room) + " bytes");
    return {whole_.bytes().subspan(binary_start_ + b->start(), b->size()), whole_.owner()};
}

TPU_CONVERT_INLINE tensor_info table_reader::read_tensor(schema::Tensor const& t) const {
    tensor_info out{text(t.name()), t.data_type(), t.gmem_stmode(), t.device_addr(), t.size(), {}, t.mem_type(), t.scale(),
                    t.cpu_addr(), t.pad_h(), t.zero_point(), t.hidden(), t.index()};
    out.shapes = each(t.shape(), [&](schema::Shape const& s) { return numbers<std::int64_t>(s.dim()); });
    return out;
}

TPU_CONVERT_INLINE command_group table_reader::read_group(schema::CmdGroup const& g) const {
    return {g.bdc_num(), g.gdma_num(), read_blob(g.binary_bdc(), "a TIU stream"), read_blob(g.binary_gdma(), "a GDMA stream")};
}

TPU_CONVERT_INLINE core_commands table_reader::read_core(schema::CoreCommands const& c) const {
    return {groups(c.gdma_tiu_commands()), blobs(c.sdma_commands(), "an SDMA stream"),
            blobs(c.hau_commands(), "a HAU stream"), blobs(c.cdma_commands(), "a CDMA stream")};
}

TPU_CONVERT_INLINE coefficients table_reader::read_coefficients(schema::CoeffMem const& c) const {
    coefficients out{c.address(), numbers<std::uint8_t>(c.check_code()), read_blob(c.binary_coeff(), "the weights"), {},
                     c.encrypt_mode(), c.decrypt_size()};
    out.locations =
        each(c.location(), [&](schema::Location const& l) { return location{text(l.name()), l.offset(), l.size()}; });
    return out;
}

TPU_CONVERT_INLINE subnet table_reader::read_subnet(schema::SubNet const& s) const {
    subnet out;
    out.mode = s.subnet_mode();
    out.groups = groups(s.cmd_group());
    out.inputs = tensors(s.input_tensor());
    out.outputs = tensors(s.output_tensor());
    out.is_dynamic = s.is_dynamic();
    out.n_dynamic = s.n_dynamic();
    out.h_w_dynamic = s.h_w_dynamic();
    out.ir_offset = s.ir_offset();
    out.ir_length = s.ir_len();
    out.id = s.id();
    out.next_ids = numbers<std::int32_t>(s.next_subnet_ids());
    out.cores = each(s.core_commands(), [&](auto const& c) { return read_core(c); });
    out.run_core = s.run_core();
    return out;
}

TPU_CONVERT_INLINE stage table_reader::read_stage(schema::NetParameter const& p) const {
    stage out;
    out.inputs = tensors(p.input_tensor());
    out.outputs = tensors(p.output_tensor());
    out.context_address = p.ctx_addr();
    out.context_bytes = p.ctx_size();
    out.context_sizes = numbers<std::uint64_t>(p.ctx_sizes());
    if (p.coeff_mem()) out.coefficient_memory = read_coefficients(*p.coeff_mem());
    out.is_dynamic = p.is_dynamic();
    out.n_dynamic = p.n_dynamic();
    out.h_w_dynamic = p.h_w_dynamic();
    out.groups = groups(p.cmd_group());
    out.profile = read_blob(p.net_profile(), "the profile");
    out.binary_ir = read_blob(p.binary_ir(), "the dynamic program");
    out.statistics = read_blob(p.net_stat(), "the statistics");
    out.tensor_locations = read_blob(p.tensor_loc(), "the tensor locations");
    out.ir = each(p.stage_ir(), [](schema::StageIR const& s) {
        return stage_ir{s.ir_info_len(), s.height_high(), s.height_low(), s.width_high(), s.width_low()};
    });
    out.subnets = each(p.sub_net(), [&](auto const& s) { return read_subnet(s); });
    out.cpu_memory_bytes = p.cpu_mem_size();
    out.core_count = p.core_num();
    out.io_address = p.io_addr();
    out.io_bytes = p.io_size();
    return out;
}

TPU_CONVERT_INLINE net table_reader::read_net(schema::Net const& n) const {
    net out{text(n.name()), each(n.parameter(), [&](auto const& p) { return read_stage(p); }), {}, n.addr_mode()};
    if (auto const* c = n.cascade()) out.cascade_step = cascade{c->device_id(), c->step(), text(c->main_name())};
    return out;
}

TPU_CONVERT_INLINE file table_reader::read_model(schema::Model const& m) const {
    file out;
    out.type = text(m.type());
    out.version = text(m.version());
    out.time = text(m.time());
    out.chip = text(m.chip());
    out.nets = each(m.net(), [&](auto const& n) { return read_net(n); });
    out.neuron_bytes = m.neuron_size();
    out.device_count = m.device_num();
    out.combined = m.bmodel_type();
    if (auto const* k = m.kernel_module())
        out.kernel_module = module_file{text(k->file_name()), read_blob(k->binary(), "the kernel module"), k->mode()};
    if (auto const* c = m.cpuop_module())
        out.cpu_module = module_file{text(c->file_name()), read_blob(c->binary(), "the CPU module"), 0};
    return out;
}

TPU_CONVERT_INLINE file_header read_header(std::span<std::byte const> bytes, std::string const& name) {
    file_header h;
    if (bytes.size() < sizeof h)
        damaged(name, "is too short for a .bmodel: " + std::to_string(bytes.size()) + " bytes; its header alone has 64");
    std::memcpy(&h, bytes.data(), sizeof h);
    if (h.magic != file_header{}.magic) damaged(name, "is no .bmodel: it does not begin with the bytes ee aa 55 ff");
    std::uint64_t const expected = std::uint64_t{h.header_bytes} + h.table_bytes + h.binary_bytes;
    if (h.header_bytes != sizeof h || expected != bytes.size())
        damaged(name, "should have " + std::to_string(expected) + " bytes by its header and has " +
                          std::to_string(bytes.size()) + ": it is truncated or damaged");
    return h;
}

} // namespace detail

TPU_CONVERT_INLINE file read(blob const& bytes, std::string const& name) {
    auto const header = detail::read_header(bytes.bytes(), name);
    auto const* tables = reinterpret_cast<std::uint8_t const*>(bytes.bytes().data()) + header.header_bytes;
    if (header.table_bytes < 8 || header.table_bytes >= FLATBUFFERS_MAX_BUFFER_SIZE)
        detail::damaged(name, "claims tables of " + std::to_string(header.table_bytes) + " bytes");
    // A table takes 4 bytes and the reference to it 4 more, so that more tables than this cannot be there but by sharing.
    flatbuffers::Verifier verifier(tables, header.table_bytes, 16, header.table_bytes / 8 + 1);
    if (!bmodel_schema::VerifyModelBuffer(verifier))
        detail::damaged(name, "its tables are damaged: they point outside their section or lack a required part");
    std::uint64_t const binary_start = std::uint64_t{header.header_bytes} + header.table_bytes;
    file out = detail::table_reader(bytes, binary_start, name).read_model(*bmodel_schema::GetModel(tables));
    out.binary_section = {bytes.bytes().subspan(binary_start), bytes.owner()};
    return out;
}

TPU_CONVERT_INLINE file read(std::filesystem::path const& path) { return read(map_file(path), path.string()); }

} // namespace tpu_convert::bmodel
