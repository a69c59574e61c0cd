// A compiled network as a .cvimodel file: one program, a routine for each stream of commands.
#pragma once
#include <algorithm>
#include <tpu_convert/chip/cv18xx/command_buffer.hpp>
#include <tpu_convert/model_file/cvimodel/arguments.hpp>
#include <tpu_convert/schedule/compiled_network.hpp>

namespace tpu_convert {

template <>
struct file_packer<model_container::cvimodel> {
    template <class Chip>
    static any_file pack(compiled_network n) {
        cvimodel::file file;
        file.chip = Chip::file_name, file.name = n.name, file.target = Chip::name;
        cvimodel::program_info program;
        if (!n.inputs.empty() && !n.inputs[0].dims.empty())
            program.batch = static_cast<std::uint32_t>(n.inputs[0].dims[0]);
        for (auto const& t : n.inputs) program.tensors.push_back(tensor_info(t, true)), program.inputs.push_back(t.name);
        for (auto const& t : n.outputs) program.tensors.push_back(tensor_info(t, false)), program.outputs.push_back(t.name);
        program.own_bytes = static_cast<std::uint32_t>(n.activation_bytes);
        file.sections.push_back({cvimodel::section_kind::weights, "weight", blob(std::move(n.weights))});
        for (auto& step : n.steps)
            if (step.host) add_host(file, program, *step.host);
        std::vector<std::string> const borders = names_of(program.tensors);
        for (auto& step : n.steps) {
            cvimodel::routine r;
            if (auto const& h = step.host) {
                r.kind = cvimodel::routine_kind::cpu, r.function = h->function.name;
                r.arguments = cvimodel::pack_arguments(h->function.arguments);
                for (auto const& t : h->inputs) r.inputs.push_back(t.name);
                for (auto const& t : h->outputs) r.outputs.push_back(t.name);
            } else {
                r.inputs = r.outputs = borders;
                r.commands = "commands_" + std::to_string(program.routines.size());
                auto& s = step.commands;
                cv18xx::command_buffer const buffer{std::move(s.bytes[0]), std::move(s.bytes[1]), std::move(s.order)};
                auto bytes = cv18xx::join_records(buffer, cv18xx::record_sizes_of<Chip>());
                file.sections.push_back({cvimodel::section_kind::commands, r.commands, blob(std::move(bytes))});
            }
            program.routines.push_back(std::move(r));
        }
        file.programs.push_back(std::move(program));
        return file;
    }

private:
    static std::vector<std::string> names_of(std::vector<cvimodel::tensor_info> const& tensors) {
        std::vector<std::string> names;
        for (auto const& t : tensors) names.push_back(t.name);
        return names;
    }
    // Its tensors, weights among them. One that it sees with another shape has another name.
    static void add_host(cvimodel::file& file, cvimodel::program_info& p, host_step& h) {
        for (auto* side : {&h.inputs, &h.outputs})
            for (auto& t : *side) {
                auto const known = std::find_if(p.tensors.begin(), p.tensors.end(),
                                                [&](cvimodel::tensor_info const& k) { return k.name == t.name; });
                auto const made = tensor_info(t, false);
                if (known != p.tensors.end() && known->dims == made.dims) continue;
                if (known != p.tensors.end()) t.name += "_rows";
                if (cvimodel::region_of(t.address) == cvimodel::regions::weights) {
                    auto const same = [&](cvimodel::weight_info const& w) { return w.name == t.name; };
                    if (std::none_of(file.weights.begin(), file.weights.end(), same))
                        file.weights.push_back({t.name, made.address, made.bytes, made.dims, made.data_type});
                } else if (known == p.tensors.end() || !has_tensor(p, t.name)) {
                    p.tensors.push_back(made), p.tensors.back().name = t.name;
                }
            }
    }
    static bool has_tensor(cvimodel::program_info const& p, std::string const& name) {
        return std::any_of(p.tensors.begin(), p.tensors.end(), [&](auto const& known) { return known.name == name; });
    }
    // The runtime reads four axes: more become four, the first and the last two stay. Its scale leads from float32 to the stored
    // numbers for inputs, back for outputs.
    static cvimodel::tensor_info tensor_info(compiled_tensor const& v, bool input) {
        cvimodel::tensor_info t;
        t.name = v.name, t.address = static_cast<std::int64_t>(v.address), t.data_type = cvimodel::data_type_code(v.type);
        t.dims = v.dims;
        if (t.dims.size() < 4) t.dims.resize(4, 1);
        for (; t.dims.size() > 4; t.dims.erase(t.dims.begin() + 2)) t.dims[1] *= t.dims[2];
        t.bytes = static_cast<std::uint32_t>(v.bytes());
        if (v.scale == 0) return t;
        t.has_quantization = true, t.quantized = cvimodel::quantization::symmetric;
        t.qscale = static_cast<float>(input ? 1 / v.scale : v.scale);
        return t;
    }
};

} // namespace tpu_convert
