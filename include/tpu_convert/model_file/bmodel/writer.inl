#pragma once
#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <limits>
#include <map>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/io/atomic_file.hpp>
#include <tpu_convert/model_file/bmodel/bmodel_generated.h>
#include <tpu_convert/model_file/bmodel/header.hpp>
#include <tpu_convert/model_file/bmodel/writer.hpp>
#include <tpu_convert/model_file/digest.hpp>

namespace tpu_convert::bmodel {

namespace detail {

namespace schema = bmodel_schema;

// The binary section to be: each different run of bytes once, in order of first use.
class binary_section {
public:
    schema::Binary place(std::span<std::byte const> bytes) {
        if (bytes.empty()) return {0, 0};
        for (auto [it, last] = by_size_.equal_range(bytes.size()); it != last; ++it)
            if (std::memcmp(it->second.second.data(), bytes.data(), bytes.size()) == 0) return {it->second.first, bytes.size()};
        std::uint64_t const start = size_;
        by_size_.emplace(bytes.size(), std::pair(start, bytes));
        parts_.push_back(bytes);
        size_ += bytes.size();
        return {start, bytes.size()};
    }
    std::uint64_t size() const { return size_; }
    std::vector<std::span<std::byte const>> const& parts() const { return parts_; }

private:
    std::multimap<std::size_t, std::pair<std::uint64_t, std::span<std::byte const>>> by_size_;
    std::vector<std::span<std::byte const>> parts_;
    std::uint64_t size_ = 0;
};

class table_writer {
public:
    template <class T>
    using offset = flatbuffers::Offset<T>;

    void write_model(file const& m);
    std::span<std::byte const> tables() const {
        return {reinterpret_cast<std::byte const*>(builder_.GetBufferPointer()), builder_.GetSize()};
    }
    binary_section const& binary() const { return binary_; }

private:
    offset<schema::Net> write_net(net const& n);
    offset<schema::NetParameter> write_stage(stage const& s);
    offset<schema::SubNet> write_subnet(subnet const& s);
    offset<schema::CoreCommands> write_core(core_commands const& c);
    offset<schema::CmdGroup> write_group(command_group const& g);
    offset<schema::CoeffMem> write_coefficients(coefficients const& c);
    offset<schema::Tensor> write_tensor(tensor_info const& t);

    // A vector of the tables that f makes of the items.
    template <class Item, class F>
    auto each(std::vector<Item> const& items, F f) {
        std::vector<decltype(f(items[0]))> out;
        for (auto const& item : items) out.push_back(f(item));
        return builder_.CreateVector(out);
    }
    auto groups(std::vector<command_group> const& g) {
        return each(g, [&](auto const& x) { return write_group(x); });
    }
    auto tensors(std::vector<tensor_info> const& t) {
        return each(t, [&](auto const& x) { return write_tensor(x); });
    }
    auto blobs(std::vector<blob> const& items) {
        std::vector<schema::Binary> out;
        for (auto const& b : items) out.push_back(binary_.place(b.bytes()));
        return builder_.CreateVectorOfStructs(out);
    }

    flatbuffers::FlatBufferBuilder builder_{4096};
    binary_section binary_;
};

TPU_CONVERT_INLINE auto table_writer::write_tensor(tensor_info const& t) -> offset<schema::Tensor> {
    auto const name = builder_.CreateString(t.name);
    auto const shapes = each(t.shapes, [&](shape const& s) {
        return schema::CreateShape(builder_, builder_.CreateVector(std::vector<std::uint64_t>(s.begin(), s.end())));
    });
    return schema::CreateTensor(builder_, name, t.data_type, t.store_mode, t.address, t.bytes, shapes, t.memory_type, t.scale,
                                t.cpu_address, t.pad_h, t.zero_point, t.hidden, t.index);
}

TPU_CONVERT_INLINE auto table_writer::write_group(command_group const& g) -> offset<schema::CmdGroup> {
    auto const tiu = binary_.place(g.tiu.bytes()), gdma = binary_.place(g.gdma.bytes());
    return schema::CreateCmdGroup(builder_, g.tiu_count, g.gdma_count, g.tiu_count ? &tiu : nullptr,
                                  g.gdma_count ? &gdma : nullptr, static_cast<std::uint32_t>(g.tiu.size()),
                                  static_cast<std::uint32_t>(g.gdma.size()));
}

TPU_CONVERT_INLINE auto table_writer::write_core(core_commands const& c) -> offset<schema::CoreCommands> {
    auto const g = groups(c.groups);
    auto const sdma = blobs(c.sdma), hau = blobs(c.hau), cdma = blobs(c.cdma);
    return schema::CreateCoreCommands(builder_, g, sdma, hau, cdma);
}

TPU_CONVERT_INLINE auto table_writer::write_coefficients(coefficients const& c) -> offset<schema::CoeffMem> {
    auto code = c.check_code;
    if (code.empty()) {
        auto const digest = sha256(c.bytes.bytes());
        code.assign(digest.begin(), digest.end());
    }
    auto const check = builder_.CreateVector(code);
    auto const locations = each(c.locations, [&](location const& l) {
        return schema::CreateLocation(builder_, builder_.CreateString(l.name), l.offset, l.size);
    });
    auto const bytes = binary_.place(c.bytes.bytes());
    return schema::CreateCoeffMem(builder_, c.address, check, &bytes, c.locations.empty() ? 0 : locations, c.encrypt_mode,
                                  c.decrypt_size);
}

TPU_CONVERT_INLINE auto table_writer::write_subnet(subnet const& s) -> offset<schema::SubNet> {
    auto const inputs = tensors(s.inputs), outputs = tensors(s.outputs);
    auto const next = builder_.CreateVector(s.next_ids);
    auto const g = groups(s.groups);
    auto const cores = each(s.cores, [&](auto const& c) { return write_core(c); });
    schema::SubNetBuilder b(builder_);
    b.add_subnet_mode(s.mode);
    b.add_cmd_group(g);
    b.add_input_tensor(inputs);
    b.add_output_tensor(outputs);
    b.add_is_dynamic(s.is_dynamic);
    b.add_ir_offset(s.ir_offset);
    b.add_ir_len(s.ir_length);
    b.add_n_dynamic(s.n_dynamic);
    b.add_h_w_dynamic(s.h_w_dynamic);
    b.add_id(s.id);
    b.add_next_subnet_ids(next);
    if (!s.cores.empty()) b.add_core_commands(cores);
    b.add_run_core(s.run_core);
    return b.Finish();
}

TPU_CONVERT_INLINE auto table_writer::write_stage(stage const& s) -> offset<schema::NetParameter> {
    auto const inputs = tensors(s.inputs), outputs = tensors(s.outputs);
    offset<schema::CoeffMem> coeff = 0;
    if (s.coefficient_memory) coeff = write_coefficients(*s.coefficient_memory);
    auto const g = groups(s.groups);
    auto const ir = each(s.ir, [&](stage_ir const& i) {
        return schema::CreateStageIR(builder_, i.words, i.height_high, i.height_low, i.width_high, i.width_low);
    });
    auto const subnets = each(s.subnets, [&](auto const& x) { return write_subnet(x); });
    auto const sizes = builder_.CreateVector(s.context_sizes);
    auto const program = binary_.place(s.binary_ir.bytes()), profile = binary_.place(s.profile.bytes());
    auto const statistics = binary_.place(s.statistics.bytes()), places = binary_.place(s.tensor_locations.bytes());
    schema::NetParameterBuilder b(builder_);
    b.add_input_tensor(inputs);
    b.add_output_tensor(outputs);
    b.add_ctx_addr(s.context_address);
    b.add_ctx_size(s.context_bytes);
    if (s.coefficient_memory) b.add_coeff_mem(coeff);
    b.add_is_dynamic(s.is_dynamic);
    b.add_n_dynamic(s.n_dynamic);
    b.add_h_w_dynamic(s.h_w_dynamic);
    b.add_cmd_group(g);
    if (!s.profile.empty()) b.add_net_profile(&profile);
    b.add_stage_ir(ir);
    b.add_binary_ir(&program);
    b.add_sub_net(subnets);
    b.add_cpu_mem_size(s.cpu_memory_bytes);
    if (!s.context_sizes.empty()) b.add_ctx_sizes(sizes);
    if (!s.statistics.empty()) b.add_net_stat(&statistics);
    b.add_core_num(s.core_count);
    b.add_io_addr(s.io_address);
    b.add_io_size(s.io_bytes);
    if (!s.tensor_locations.empty()) b.add_tensor_loc(&places);
    return b.Finish();
}

TPU_CONVERT_INLINE auto table_writer::write_net(net const& n) -> offset<schema::Net> {
    auto const name = builder_.CreateString(n.name);
    auto const stages = each(n.stages, [&](auto const& s) { return write_stage(s); });
    offset<schema::Cascade> cascade = 0;
    if (auto const& c = n.cascade_step)
        cascade = schema::CreateCascade(builder_, c->device_id, c->step, builder_.CreateString(c->main_name));
    return schema::CreateNet(builder_, name, 0, 0, stages, cascade, n.address_mode);
}

// A file that is made again has the same time if SOURCE_DATE_EPOCH says so.
TPU_CONVERT_INLINE std::string time_text() {
    char const* const epoch = std::getenv("SOURCE_DATE_EPOCH");
    std::time_t const now = epoch ? static_cast<std::time_t>(std::strtoll(epoch, nullptr, 10)) : std::time(nullptr);
    std::tm parts{};
    if (epoch) ::gmtime_r(&now, &parts);
    else ::localtime_r(&now, &parts);
    char text[64];
    std::size_t const n = std::strftime(text, sizeof text, "%a %b %e %H:%M:%S %Y\n", &parts);
    return {text, n};
}

TPU_CONVERT_INLINE void table_writer::write_model(file const& m) {
    auto const type = builder_.CreateString(m.type), version = builder_.CreateString(m.version);
    auto const time = builder_.CreateString(m.time.empty() ? time_text() : m.time), chip = builder_.CreateString(m.chip);
    auto const nets = each(m.nets, [&](auto const& n) { return write_net(n); });
    offset<schema::KernelModule> kernel = 0;
    offset<schema::CpuopModule> cpu = 0;
    if (auto const& k = m.kernel_module) {
        auto const bytes = binary_.place(k->bytes.bytes());
        kernel = schema::CreateKernelModule(builder_, builder_.CreateString(k->file_name), &bytes, k->mode);
    }
    if (auto const& c = m.cpu_module) {
        auto const bytes = binary_.place(c->bytes.bytes());
        cpu = schema::CreateCpuopModule(builder_, builder_.CreateString(c->file_name), &bytes);
    }
    builder_.Finish(schema::CreateModel(builder_, type, version, time, chip, nets, m.neuron_bytes, kernel, m.device_count, cpu,
                                        m.combined));
}

} // namespace detail

TPU_CONVERT_INLINE void write(file const& model, std::filesystem::path const& path) {
    detail::table_writer tables;
    tables.write_model(model);
    auto const limit = std::numeric_limits<std::uint32_t>::max();
    if (tables.binary().size() > limit)
        throw model_error{error_code::file_too_large, path.string(),
                          "weights and commands have " + std::to_string(tables.binary().size()) +
                              " bytes; a .bmodel holds at most 4294967295"};
    file_header header;
    header.table_bytes = static_cast<std::uint32_t>(tables.tables().size());
    header.binary_bytes = static_cast<std::uint32_t>(tables.binary().size());
    atomic_file out(path);
    out.write(std::as_bytes(std::span(&header, 1)));
    out.write(tables.tables());
    for (auto const& part : tables.binary().parts()) out.write(part);
    out.commit();
}

TPU_CONVERT_INLINE stage single_core_stage(std::vector<tensor_info> inputs, std::vector<tensor_info> outputs,
                                           std::vector<command_group> groups) {
    subnet tpu;
    tpu.groups = groups;
    tpu.inputs = inputs;
    tpu.outputs = outputs;
    tpu.id = 0;
    tpu.next_ids = {-1};
    stage s;
    s.inputs = std::move(inputs);
    s.outputs = std::move(outputs);
    s.groups = std::move(groups);
    s.ir = {stage_ir{}};
    s.subnets = {std::move(tpu)};
    s.core_count = 1;
    return s;
}

} // namespace tpu_convert::bmodel
