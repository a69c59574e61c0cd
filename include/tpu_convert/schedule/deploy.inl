#pragma once
#include <tpu_convert/lower/lowering.hpp>
#include <tpu_convert/model_file/bmodel/writer.hpp>
#include <tpu_convert/op/reference.hpp>
#include <tpu_convert/schedule/data_mover.hpp>
#include <tpu_convert/schedule/deploy.hpp>
#include <tpu_convert/schedule/global_layout.hpp>
#include <tpu_convert/schedule/kernel_loop.hpp>
#include <tpu_convert/schedule/node_context.hpp>
#include <tpu_convert/schedule/widen_indices.hpp>

namespace tpu_convert {

namespace detail {

template <class Chip>
class deployer {
public:
    deployer(graph g, deploy_options const& options) : g_(std::move(g)), options_(options) {}

    deployment run() {
        widen_indices(g_);
        make_plans();
        global_layout<Chip> layout(g_, steps_, options_.keep_all);
        layout_ = &layout;
        for (std::size_t k = 0; k < steps_.size(); ++k) {
            if (options_.progress) options_.progress(k, steps_.size(), g_[steps_[k].node].results[0].name);
            emit(steps_[k]);
        }
        out_.finish();
        return finish();
    }

private:
    using step = typename global_layout<Chip>::step;

    void make_plans() {
        std::string missing;
        std::size_t count = 0;
        for (auto v : g_.order()) {
            if (g_[v].kind != node_kind::operation) continue;
            try {
                auto const* entry = find_lowering<Chip>(g_[v].op->name);
                if (!entry) throw model_error{error_code::lowering_missing, g_[v].results[0].name, "no kernel for this operator"};
                steps_.push_back({v, entry->plan(node_context(g_, v))});
            } catch (model_error const& e) {
                missing += (count++ ? "; " : "") + std::string(e.what()) + " (" + std::string(g_[v].op->name) + ")";
            }
        }
        if (count)
            throw model_error{error_code::lowering_missing, options_.net_name,
                              std::to_string(count) + " nodes can't run on " + std::string(Chip::name) + ": " + missing};
    }

    void emit(step const& s) {
        deployed_node done{g_[s.node].results[0].name, std::string(g_[s.node].op->name), "", 0, {}, 0, 0, 0, 0, 0};
        done.tiu_first = out_.count(isa::engine::tiu), done.gdma_first = out_.count(isa::engine::gdma);
        if (auto const* k = std::get_if<kernel_plan<Chip>>(&s.plan)) emit_kernel(s.node, *k, done);
        else if (auto const* c = std::get_if<copy_plan>(&s.plan)) emit_copies(s.node, *c, done);
        else if (auto const* t = std::get_if<gather_plan>(&s.plan)) emit_gather(s.node, *t, done);
        else done.plan = "alias";
        done.tiu_count = out_.count(isa::engine::tiu) - done.tiu_first;
        done.gdma_count = out_.count(isa::engine::gdma) - done.gdma_first;
        result_.nodes.push_back(std::move(done));
    }
    void emit_kernel(graph::id v, kernel_plan<Chip> const& k, deployed_node& done) {
        auto const operands = g_.operands(v);
        kernel_addresses at;
        for (auto const& i : k.inputs)
            at.inputs.push_back(i.packed ? layout_->packed_address(i.packed.get()) : layout_->address(operands[i.operand]));
        for (auto const& o : k.outputs) at.outputs.push_back(layout_->address({v, o.operand}));
        local_plan const local = tile_search<Chip>(done.name, k).best();
        kernel_loop<Chip>(out_, k, local, at).run();
        done.plan = "kernel";
        done.tile = local.tile;
        done.local_bytes = local.end;
        done.tiles = tiles_of(k.outputs[0].global.dims, local.tile).size();
    }
    void emit_copies(graph::id v, copy_plan const& c, deployed_node& done) {
        auto const operands = g_.operands(v);
        for (auto const& one : c.copies) {
            dtype const t = g_[v].results[one.result].type;
            std::uint64_t const to = layout_->address({v, one.result});
            if (one.from_result) data_mover<Chip>::copy(out_, t, one.to, to, one.from, to);
            else if (one.operand) data_mover<Chip>::copy(out_, t, one.to, to, one.from, layout_->address(operands[*one.operand]));
            else data_mover<Chip>::fill(out_, t, one.to, to, one.constant);
        }
        done.plan = "copy";
        done.tiles = c.copies.size();
    }
    void emit_gather(graph::id v, gather_plan const& p, deployed_node& done) {
        auto const operands = g_.operands(v);
        data_mover<Chip>::gather(
            out_, g_[v].results[0].type, p,
            {layout_->address(operands[p.table]),
             p.packed_index ? layout_->packed_address(p.packed_index.get()) : layout_->address(operands[p.index]),
             layout_->address({v, 0})});
        done.plan = "gather";
        done.tiles = 1;
    }

    // The file's scale leads from float32 to the stored numbers for inputs, back for outputs.
    bmodel::tensor_info tensor_info(graph::ref r, std::int32_t index, bool input) const {
        bmodel::tensor_info t;
        t.name = g_[r].name;
        t.data_type = bmodel::data_type_code(g_[r].type);
        t.address = layout_->address(r);
        t.bytes = static_cast<std::uint64_t>(element_count(g_[r].dims)) * bytes_of(g_[r].type);
        t.shapes = {g_[r].dims.empty() ? shape{1} : g_[r].dims};
        t.index = index;
        t.zero_point = static_cast<std::int32_t>(g_[r].zero_point);
        if (double const s = g_[r].scale; s != 0) t.scale = static_cast<float>(input ? 1 / s : s);
        return t;
    }
    deployment finish() {
        std::vector<bmodel::tensor_info> inputs, outputs;
        for (auto v : g_.inputs()) inputs.push_back(tensor_info({v, 0}, static_cast<std::int32_t>(inputs.size()), true));
        for (auto const& o : g_.outputs) outputs.push_back(tensor_info(o, static_cast<std::int32_t>(outputs.size()), false));
        bmodel::command_group group;
        group.tiu_count = static_cast<std::uint32_t>(out_.count(isa::engine::tiu));
        group.gdma_count = static_cast<std::uint32_t>(out_.count(isa::engine::gdma));
        group.tiu = blob(out_.bytes(isa::engine::tiu));
        group.gdma = blob(out_.bytes(isa::engine::gdma));
        result_.tiu_commands = group.tiu_count, result_.gdma_commands = group.gdma_count;
        list_tensors();
        bmodel::stage stage = bmodel::single_core_stage(std::move(inputs), std::move(outputs), {std::move(group)});
        stage.context_address = layout_->context_address();
        stage.context_bytes = result_.activation_bytes = layout_->context_bytes();
        stage.context_sizes = {stage.context_bytes};
        auto weights = layout_->take_weights();
        result_.weight_bytes = weights.size();
        if (!weights.empty()) {
            stage.coefficient_memory.emplace();
            stage.coefficient_memory->address = Chip::global_base;
            stage.coefficient_memory->bytes = blob(std::move(weights));
        }
        result_.file.chip = Chip::file_name;
        result_.file.neuron_bytes = stage.context_bytes;
        result_.file.device_count = 1;
        result_.file.nets.push_back({options_.net_name, {std::move(stage)}, std::nullopt, 0});
        return std::move(result_);
    }
    void list_tensors() {
        for (auto const& s : steps_)
            for (std::size_t r = 0; r < g_[s.node].results.size(); ++r) {
                value const& v = g_[s.node].results[r];
                result_.tensors.push_back({v.name, v.type, v.dims, layout_->address({s.node, r})});
            }
    }

    graph g_;
    deploy_options const& options_;
    std::vector<step> steps_;
    global_layout<Chip>* layout_ = nullptr;
    program<Chip> out_;
    deployment result_;
};

} // namespace detail

template <class Chip>
deployment deploy(graph const& top, deploy_options const& options) {
    return deploy_typed<Chip>(assign_float_types(top, options.types), options);
}

template <class Chip>
deployment deploy_typed(graph typed, deploy_options const& options) {
    return detail::deployer<Chip>(std::move(typed), options).run();
}

} // namespace tpu_convert
