// One deployment of a typed graph with one effort of search: plans, groups, addresses, commands.
#pragma once
#include <map>
#include <numeric>
#include <optional>
#include <tpu_convert/lower/lowering.hpp>
#include <tpu_convert/op/reference.hpp>
#include <tpu_convert/schedule/compiled_network.hpp>
#include <tpu_convert/schedule/data_mover.hpp>
#include <tpu_convert/schedule/deployment.hpp>
#include <tpu_convert/schedule/emission.hpp>
#include <tpu_convert/schedule/global_layout.hpp>
#include <tpu_convert/schedule/graph_preparation.hpp>
#include <tpu_convert/schedule/group_search.hpp>
#include <tpu_convert/schedule/late_dequantize.hpp>
#include <tpu_convert/schedule/node_plan.hpp>
#include <tpu_convert/schedule/plan_cache.hpp>
#include <tpu_convert/schedule/step_order.hpp>
#include <tpu_convert/schedule/through_copies.hpp>

namespace tpu_convert::detail {

template <class Chip>
class deployer {
public:
    deployer(graph g, deploy_options const& options, search_effort const& effort)
        : g_(std::move(g)), options_(options), effort_(effort) {}

    deployment run() {
        prepare();
        find_groups();
        return made();
    }
    // With the groups and tiles of an earlier search; nothing if they are not what it would find.
    std::optional<deployment> run_as(chosen_schedule const& found) {
        prepare();
        if (!take(found.units)) return std::nullopt;
        result_.from_cache = true;
        return made();
    }
    chosen_schedule chosen() const { return {effort_.early_conversions, chosen_}; }

private:
    using step = typename global_layout<Chip>::step;

    void prepare() {
        graph_preparation<Chip>::run(g_);
        if constexpr (timed_chip<Chip>)
            if (!options_.keep_all) dequantize_late(g_);
        make_plans();
        if (!options_.keep_all) read_through_copies(g_, steps_);
        alone_.resize(steps_.size());
        for (std::size_t k = 0; k < steps_.size(); ++k) {
            steps_[k].unit = k;
            position_[steps_[k].node] = k;
        }
    }
    deployment made() {
        global_layout<Chip> layout(g_, steps_, options_.keep_all, options_.least_memory);
        layout_ = &layout;
        result_.nodes = emitted();
        out_.finish();
        return finish();
    }

    void make_plans() {
        std::string missing;
        std::size_t count = 0;
        for (auto v : step_order(g_, effort_.early_conversions)) {
            if (g_[v].kind != node_kind::operation) continue;
            try {
                steps_.push_back({v, plan_of<Chip>(g_, v)});
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
        if (options_.keep_all || !options_.groups) return;
        std::vector<group_step<Chip>> looked_at;
        for (std::size_t k = 0; k < steps_.size(); ++k) {
            looked_at.push_back(as_member(k));
            if (!is_alone(k)) continue;
            alone_[k] = tiles_alone(k);
            looked_at[k].cost = alone_[k]->cost, looked_at[k].computing = alone_[k]->computing;
        }
        groups_ = cheapest_groups(looked_at, effort_, effort_.least_memory ? stored() : std::vector<buffer_request>{});
        for (auto const& f : groups_) join(f, looked_at);
    }
    // What lies in global memory when, were each step on its own.
    std::vector<buffer_request> stored() const {
        auto steps = steps_;
        return global_layout<Chip>(g_, steps, false, true).requests();
    }
    void join(found_group<Chip> const& f, std::vector<group_step<Chip>> const& looked_at) {
        for (std::size_t k = f.first; k < f.first + f.count; ++k) {
            auto& s = steps_[k];
            s.plan = *looked_at[k].plan;
            s.unit = f.first;
            s.internal = k + 1 < f.first + f.count && looked_at[k].last_use < f.first + f.count;
        }
    }
    // Found before: each unit must fit and cost what it did.
    bool take(std::vector<chosen_unit> const& units) {
        std::vector<group_step<Chip>> looked_at(steps_.size());
        std::size_t end = 0;
        for (auto const& u : units) {
            if (u.first < end || u.first >= steps_.size() || u.count < 1 || u.count > steps_.size() - u.first) return false;
            end = u.first + u.count;
            if (u.count > 1 && (options_.keep_all || !options_.groups)) return false;
            if (u.count == 1) {
                if (!std::holds_alternative<kernel_plan<Chip>>(steps_[u.first].plan)) return false;
                alone_[u.first] = tiles_as_found(name_of(u.first), kernel_of(u.first), u.tile);
                if (!alone_[u.first] || alone_[u.first]->cost != u.cost) return false;
                continue;
            }
            for (std::size_t k = u.first; k < end; ++k) looked_at[k] = as_member(k);
            auto found = group_as_found(looked_at, u.first, u.count, u.tile);
            if (!found || found->cost != u.cost) return false;
            groups_.push_back(std::move(*found));
        }
        for (auto const& f : groups_) join(f, looked_at);
        return true;
    }

    std::string const& name_of(std::size_t k) const { return g_[steps_[k].node].results[0].name; }
    kernel_plan<Chip> const& kernel_of(std::size_t k) const { return std::get<kernel_plan<Chip>>(steps_[k].plan); }
    bool is_alone(std::size_t k) const {
        return std::holds_alternative<kernel_plan<Chip>>(steps_[k].plan) && g_[steps_[k].node].results.size() == 1;
    }
    // What a step is to a group, but for its cost alone.
    group_step<Chip> as_member(std::size_t k) const {
        constexpr std::size_t most_results = 256;
        group_step<Chip> s;
        graph::id const v = steps_[k].node;
        if (g_[v].results.size() > 1 || steps_[k].rewired) return s;
        s.plan = plane_plan(v);
        if (!s.plan) return s;
        auto const operands = g_.operands(v);
        for (auto const& i : s.plan->inputs)
            s.reads.push_back(i.packed ? 0 : operands[i.operand].node * most_results + operands[i.operand].result + 1);
        s.writes = v * most_results + 1;
        s.last_use = g_.is_output({v, 0}) ? steps_.size() : k;
        for (auto const& u : g_.users(v)) s.last_use = std::max(s.last_use, position_.at(u.node));
        return s;
    }
    std::optional<kernel_plan<Chip>> plane_plan(graph::id v) const {
        try {
            auto plan = plan_of<Chip>(g_, v, true);
            if (auto* k = std::get_if<kernel_plan<Chip>>(&plan)) return std::move(*k);
        } catch (model_error const&) { // it has no such view
        }
        return std::nullopt;
    }

    timed_tiles tiles_alone(std::size_t k) const {
        return encoded_for(g_, steps_[k].node, [&] { return require_tiles(name_of(k), kernel_of(k), effort_); });
    }

    std::vector<deployed_node> emitted() {
        emission<Chip> all(g_, steps_, *layout_, out_);
        auto group = groups_.begin();
        for (std::size_t k = 0; k < steps_.size(); ++k) {
            if (group != groups_.end() && group->first == k) {
                chosen_.push_back({group->first, group->count, group->local.tile, group->cost});
                all.add_group(*group);
                k += group++->count - 1;
            } else if (auto const* plan = std::get_if<kernel_plan<Chip>>(&steps_[k].plan)) {
                if (!alone_[k]) alone_[k] = tiles_alone(k);
                chosen_.push_back({k, 1, alone_[k]->local.tile, alone_[k]->cost});
                all.add_kernel(k, *plan, alone_[k]->local);
            } else {
                all.add_movement(k);
            }
        }
        auto nodes = all.run(options_.progress);
        host_calls_ = all.host_calls();
        result_.memory = {layout_->activations(), all.take_local(), static_cast<std::uint64_t>(Chip::lane_memory_bytes)};
        return nodes;
    }

    compiled_tensor tensor_of(graph::ref r) const {
        value const& v = g_[r];
        return {v.name, v.type, v.dims, layout_->address(r), v.scale, v.zero_point};
    }
    deployment finish() {
        compiled_network n;
        n.name = options_.net_name;
        for (auto v : g_.inputs()) n.inputs.push_back(tensor_of({v, 0}));
        for (auto const& o : g_.outputs) n.outputs.push_back(tensor_of(o));
        result_.tiu_commands = out_.count(isa::engine::tiu), result_.gdma_commands = out_.count(isa::engine::gdma);
        add_steps(n);
        list_tensors();
        n.activations_address = layout_->context_address();
        n.activation_bytes = result_.activation_bytes = layout_->context_bytes();
        n.weights = layout_->take_weights();
        result_.weight_bytes = n.weights.size();
        result_.file = file_packer<Chip::container>::template pack<Chip>(std::move(n));
        return std::move(result_);
    }
    void add_steps(compiled_network& n) {
        auto call = host_calls_.begin();
        auto& segments = out_.segments();
        for (std::size_t i = 0; i <= segments.size(); ++i) {
            for (; call != host_calls_.end() && call->before <= i; ++call) {
                graph::id const v = steps_[call->step].node;
                auto h = std::make_unique<host_step>();
                h->function = std::get<host_function>(steps_[call->step].plan);
                auto const operands = g_.operands(v);
                auto& read = h->function.operands;
                if (read.empty()) read.resize(operands.size()), std::iota(read.begin(), read.end(), 0);
                for (auto const o : read) h->inputs.push_back(tensor_of(operands[o]));
                for (std::size_t o = 0; o < h->function.shapes.size(); ++o) h->inputs[o].dims = h->function.shapes[o];
                h->outputs.push_back(tensor_of({v, 0}));
                n.steps.push_back({{}, std::move(h)});
            }
            if (i < segments.size() && !segments[i].order.empty()) n.steps.push_back({std::move(segments[i]), nullptr});
        }
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
    search_effort effort_;
    std::vector<step> steps_;
    std::map<graph::id, std::size_t> position_;
    std::vector<std::optional<timed_tiles>> alone_; // of steps that are kernels, once it was looked for
    std::vector<found_group<Chip>> groups_;        // by position
    std::vector<chosen_unit> chosen_;
    global_layout<Chip>* layout_ = nullptr;
    program<Chip> out_;
    std::vector<typename emission<Chip>::host_call> host_calls_;
    deployment result_;
};

} // namespace tpu_convert::detail
