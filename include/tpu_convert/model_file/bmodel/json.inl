#pragma once
#include <nlohmann/json.hpp>
#include <tpu_convert/model_file/bmodel/inspect.hpp>

namespace tpu_convert::bmodel {

namespace detail {

// Turns structs into JSON under the names that the schema gives its fields.
class json_writer {
public:
    using json = nlohmann::ordered_json;

    explicit json_writer(file const& f) : base_(f.binary_section.bytes().data()) {}

    json binary(blob const& b) const {
        return {{"start", b.empty() || !base_ ? 0 : b.bytes().data() - base_}, {"size", b.size()}};
    }
    json of(tensor_info const& t) const {
        json shapes = json::array();
        for (auto const& s : t.shapes) shapes.push_back({{"dim", s}});
        return {{"name", t.name}, {"data_type", t.data_type}, {"gmem_stmode", t.store_mode}, {"device_addr", t.address},
                {"size", t.bytes}, {"shape", shapes}, {"mem_type", t.memory_type}, {"scale", t.scale},
                {"cpu_addr", t.cpu_address}, {"pad_h", t.pad_h}, {"zero_point", t.zero_point}, {"hidden", t.hidden},
                {"index", t.index}};
    }
    json of(command_group const& g) const {
        return {{"bdc_num", g.tiu_count}, {"gdma_num", g.gdma_count}, {"binary_bdc", binary(g.tiu)},
                {"binary_gdma", binary(g.gdma)}, {"bdc_cmd_byte", g.tiu.size()}, {"gdma_cmd_byte", g.gdma.size()}};
    }
    json of(blob const& b) const { return binary(b); }
    json of(core_commands const& c) const {
        return {{"gdma_tiu_commands", all(c.groups)}, {"sdma_commands", all(c.sdma)}, {"hau_commands", all(c.hau)},
                {"cdma_commands", all(c.cdma)}};
    }
    json of(subnet const& s) const {
        return {{"subnet_mode", s.mode}, {"cmd_group", all(s.groups)}, {"input_tensor", all(s.inputs)},
                {"output_tensor", all(s.outputs)}, {"is_dynamic", s.is_dynamic}, {"ir_offset", s.ir_offset},
                {"ir_len", s.ir_length}, {"n_dynamic", s.n_dynamic}, {"h_w_dynamic", s.h_w_dynamic}, {"id", s.id},
                {"next_subnet_ids", s.next_ids}, {"core_commands", all(s.cores)}, {"run_core", s.run_core}};
    }
    json of(location const& l) const { return {{"name", l.name}, {"offset", l.offset}, {"size", l.size}}; }
    json of(coefficients const& c) const {
        return {{"address", c.address}, {"check_code", c.check_code}, {"binary_coeff", binary(c.bytes)},
                {"location", all(c.locations)}, {"encrypt_mode", c.encrypt_mode}, {"decrypt_size", c.decrypt_size}};
    }
    json of(stage_ir const& s) const {
        return {{"ir_info_len", s.words}, {"height_high", s.height_high}, {"height_low", s.height_low},
                {"width_high", s.width_high}, {"width_low", s.width_low}};
    }
    json of(stage const& s) const {
        json j{{"input_tensor", all(s.inputs)}, {"output_tensor", all(s.outputs)}, {"ctx_addr", s.context_address},
               {"ctx_size", s.context_bytes}, {"ctx_sizes", s.context_sizes}};
        if (s.coefficient_memory) j["coeff_mem"] = of(*s.coefficient_memory);
        j.update({{"is_dynamic", s.is_dynamic}, {"n_dynamic", s.n_dynamic}, {"h_w_dynamic", s.h_w_dynamic},
                  {"cmd_group", all(s.groups)}, {"net_profile", binary(s.profile)}, {"stage_ir", all(s.ir)},
                  {"binary_ir", binary(s.binary_ir)}, {"sub_net", all(s.subnets)}, {"cpu_mem_size", s.cpu_memory_bytes},
                  {"net_stat", binary(s.statistics)}, {"core_num", s.core_count}, {"io_addr", s.io_address},
                  {"io_size", s.io_bytes}, {"tensor_loc", binary(s.tensor_locations)}});
        return j;
    }
    json of(net const& n) const {
        json j{{"name", n.name}, {"parameter", all(n.stages)}};
        if (auto const& c = n.cascade_step)
            j["cascade"] = {{"device_id", c->device_id}, {"step", c->step}, {"main_name", c->main_name}};
        j["addr_mode"] = n.address_mode;
        return j;
    }
    json of(file const& f) const {
        json j{{"type", f.type}, {"version", f.version}, {"time", f.time}, {"chip", f.chip}, {"net", all(f.nets)},
               {"neuron_size", f.neuron_bytes}};
        if (auto const& k = f.kernel_module)
            j["kernel_module"] = {{"file_name", k->file_name}, {"binary", binary(k->bytes)}, {"mode", k->mode}};
        j["device_num"] = f.device_count;
        if (auto const& c = f.cpu_module) j["cpuop_module"] = {{"file_name", c->file_name}, {"binary", binary(c->bytes)}};
        j["bmodel_type"] = f.combined;
        return j;
    }

private:
    template <class T>
    json all(std::vector<T> const& items) const {
        json j = json::array();
        for (auto const& item : items) j.push_back(of(item));
        return j;
    }

    std::byte const* base_;
};

} // namespace detail

// Names that are no UTF-8 do not stop the listing.
TPU_CONVERT_INLINE std::string json_text(file const& f) {
    return detail::json_writer(f).of(f).dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

} // namespace tpu_convert::bmodel
