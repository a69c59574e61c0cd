// A compiled network as a .bmodel file: one net, one static stage, one core.
#pragma once
#include <tpu_convert/model_file/bmodel/writer.hpp>
#include <tpu_convert/schedule/compiled_network.hpp>

namespace tpu_convert {

template <>
struct file_packer<model_container::bmodel> {
    template <class Chip>
    static any_file pack(compiled_network n) {
        std::vector<bmodel::tensor_info> inputs, outputs;
        for (auto const& t : n.inputs) inputs.push_back(tensor_info(t, inputs.size(), true));
        for (auto const& t : n.outputs) outputs.push_back(tensor_info(t, outputs.size(), false));
        std::vector<bmodel::command_group> groups;
        for (auto& step : n.steps) {
            auto& s = step.commands;
            bmodel::command_group group;
            group.tiu_count = static_cast<std::uint32_t>(s.count[0]), group.gdma_count = static_cast<std::uint32_t>(s.count[1]);
            group.tiu = blob(std::move(s.bytes[0])), group.gdma = blob(std::move(s.bytes[1]));
            groups.push_back(std::move(group));
        }
        bmodel::stage stage = bmodel::single_core_stage(std::move(inputs), std::move(outputs), std::move(groups));
        stage.context_address = n.activations_address, stage.context_bytes = n.activation_bytes;
        stage.context_sizes = {stage.context_bytes};
        if (!n.weights.empty()) {
            stage.coefficient_memory.emplace();
            stage.coefficient_memory->address = Chip::weights_address;
            stage.coefficient_memory->bytes = blob(std::move(n.weights));
        }
        bmodel::file file;
        file.chip = Chip::file_name, file.neuron_bytes = stage.context_bytes, file.device_count = 1;
        file.nets.push_back({n.name, {std::move(stage)}, std::nullopt, 0});
        return file;
    }

private:
    // The file's scale leads from float32 to the stored numbers for inputs, back for outputs.
    static bmodel::tensor_info tensor_info(compiled_tensor const& v, std::size_t index, bool input) {
        bmodel::tensor_info t;
        t.name = v.name, t.data_type = bmodel::data_type_code(v.type), t.address = v.address, t.bytes = v.bytes();
        t.shapes = {v.dims.empty() ? shape{1} : v.dims};
        t.index = static_cast<std::int32_t>(index);
        t.zero_point = static_cast<std::int32_t>(v.zero_point);
        if (v.scale != 0) t.scale = static_cast<float>(input ? 1 / v.scale : v.scale);
        return t;
    }
};

} // namespace tpu_convert
