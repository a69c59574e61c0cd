#pragma once
#include <map>
#include <optional>
#include <tpu_convert/lower/lowering.hpp>
#include <tpu_convert/model_file/bmodel/writer.hpp>
#include <tpu_convert/op/reference.hpp>
#include <tpu_convert/schedule/data_mover.hpp>
#include <tpu_convert/schedule/deploy.hpp>
#include <tpu_convert/schedule/global_layout.hpp>
#include <tpu_convert/schedule/group_search.hpp>
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
        find_groups();
        global_layout<Chip> layout(g_, steps_, options_.keep_all);
        layout_ = &layout;
        for (std::size_t k = 0; k < steps_.size(); ++k) {
            if (options_.progress) options_.progress(k, steps_.size(), g_[steps_[k].node].results[0].name);
            if (auto const* group = group_at(k)) emit_group(*group), k += group->count - 1;
            else emit(steps_[k]);
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

    // A chain's tensors are read after the run: each kernel on its own.
    void find_groups() {
        for (std::size_t k = 0; k < steps_.size(); ++k) steps_[k].unit = k;
        if (options_.keep_all) return;
        auto const looked_at = group_steps();
        groups_ = group_search<Chip>(looked_at).best();
        for (auto const& f : groups_)
            for (std::size_t k = f.first; k < f.first + f.count; ++k) {
                auto& s = steps_[k];
                s.plan = *looked_at[k].plan;
                s.unit = f.first;
                s.internal = k + 1 < f.first + f.count && looked_at[k].last_use < f.first + f.count;
            }
    }
    std::vector<typename group_search<Chip>::step> group_steps() {
        constexpr std::size_t most_results = 256;
        std::map<graph::id, std::size_t> position;
        for (std::size_t k = 0; k < steps_.size(); ++k) position[steps_[k].node] = k;
        std::vector<typename group_search<Chip>::step> found(steps_.size());
        for (std::size_t k = 0; k < steps_.size(); ++k) {
            graph::id const v = steps_[k].node;
            auto const* alone = std::get_if<kernel_plan<Chip>>(&steps_[k].plan);
            if (!alone || g_[v].results.size() > 1) continue;
            auto& s = found[k];
            tile_search<Chip> search(g_[v].results[0].name, *alone);
            search.best();
            s.cost = search.cost();
            s.plan = plane_plan(v);
            if (!s.plan) continue;
            auto const operands = g_.operands(v);
            for (auto const& i : s.plan->inputs)
                s.reads.push_back(i.packed ? 0 : operands[i.operand].node * most_results + operands[i.operand].result + 1);
            s.writes = v * most_results + 1;
            s.last_use = g_.is_output({v, 0}) ? steps_.size() : k;
            for (auto const& u : g_.users(v)) s.last_use = std::max(s.last_use, position.at(u.node));
        }
        return found;
    }
    std::optional<kernel_plan<Chip>> plane_plan(graph::id v) const {
        auto c = node_context(g_, v);
        c.planes = true;
        try {
            auto plan = find_lowering<Chip>(g_[v].op->name)->plan(c);
            if (auto* k = std::get_if<kernel_plan<Chip>>(&plan)) return std::move(*k);
        } catch (model_error const&) { // it has no such view
        }
        return std::nullopt;
    }
    found_group<Chip> const* group_at(std::size_t k) const {
        for (auto const& f : groups_)
            if (f.first == k) return &f;
        return nullptr;
    }

    // The group's commands are counted as its last member's.
    void emit_group(found_group<Chip> const& f) {
        std::size_t const tiu = out_.count(isa::engine::tiu), gdma = out_.count(isa::engine::gdma);
        kernel_addresses at;
        for (auto const& [m, i] : f.group.inputs) {
            graph::id const v = steps_[f.first + m].node;
            auto const& o = std::get<kernel_plan<Chip>>(steps_[f.first + m].plan).inputs[i];
            at.inputs.push_back(o.packed ? layout_->packed_address(o.packed.get())
                                         : layout_->address(g_.operands(v)[o.operand]));
        }
        for (auto m : f.group.outputs) at.outputs.push_back(layout_->address({steps_[f.first + m].node, 0}));
        kernel_loop<Chip>(out_, f.group.plan, f.local, at).run();
        for (std::size_t k = f.first; k < f.first + f.count; ++k) {
            graph::id const v = steps_[k].node;
            deployed_node done{g_[v].results[0].name, std::string(g_[v].op->name), "group", 0, f.local.tile, f.local.end,
                               tiu, 0, gdma, 0};
            done.tiles = tiles_of(f.group.plan.outputs[0].global.dims, f.local.tile).size();
            if (k + 1 == f.first + f.count) {
                done.tiu_count = out_.count(isa::engine::tiu) - tiu;
                done.gdma_count = out_.count(isa::engine::gdma) - gdma;
            }
            result_.nodes.push_back(std::move(done));
        }
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
            for (std::size_t r = 0; r < g_[s.node].results.size() && !s.internal; ++r) {
                value const& v = g_[s.node].results[r];
                result_.tensors.push_back({v.name, v.type, v.dims, layout_->address({s.node, r})});
            }
    }

    graph g_;
    deploy_options const& options_;
    std::vector<step> steps_;
    std::vector<found_group<Chip>> groups_; // by position
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
