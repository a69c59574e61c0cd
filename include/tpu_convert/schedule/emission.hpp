// From plans and addresses to command streams: what runs as one, one after the other, with loads ahead of time between them.
#pragma once
#include <optional>
#include <string>
#include <tpu_convert/graph/graph.hpp>
#include <tpu_convert/schedule/deployment.hpp>
#include <tpu_convert/schedule/global_layout.hpp>
#include <tpu_convert/schedule/group_search.hpp>
#include <tpu_convert/schedule/kernel_loop.hpp>
#include <tpu_convert/schedule/node_plan.hpp>
#include <vector>

namespace tpu_convert {

template <class Chip>
class emission {
public:
    using step = typename global_layout<Chip>::step;
    // Steps that run together: a group, or one.
    struct unit {
        std::size_t first = 0, count = 1;
        std::optional<kernel_loop<Chip>> loop; // of kernels
        group_plan<Chip> const* group = nullptr;
    };

    emission(graph const& g, std::vector<step> const& steps, global_layout<Chip> const& layout, program<Chip>& out)
        : g_(g), steps_(steps), layout_(layout), out_(out) {}

    // In the order of steps. Every other kernel lies at the upper end of the lanes: it can be loaded while its predecessor runs.
    void add_group(found_group<Chip> const& f) {
        kernel_addresses at;
        for (auto const& [m, i] : f.group.inputs) at.inputs.push_back(input_address(steps_[f.first + m], i));
        for (auto m : f.group.outputs) at.outputs.push_back(layout_.address({steps_[f.first + m].node, 0}));
        units_.push_back({f.first, f.count, kernel_loop<Chip>(f.group.plan, turned(f.local), std::move(at)), &f.group});
    }
    void add_kernel(std::size_t k, kernel_plan<Chip> const& plan, local_plan const& local) {
        kernel_addresses at;
        for (std::size_t i = 0; i < plan.inputs.size(); ++i) at.inputs.push_back(input_address(steps_[k], i));
        for (auto const& o : plan.outputs) at.outputs.push_back(layout_.address({steps_[k].node, o.operand}));
        units_.push_back({k, 1, kernel_loop<Chip>(plan, turned(local), std::move(at)), nullptr});
    }
    void add_movement(std::size_t k) { units_.push_back({k, 1, std::nullopt, nullptr}); }

    // A function of the processor, before which stream of commands it runs.
    struct host_call {
        std::size_t before = 0, step = 0;
    };
    std::vector<host_call> const& host_calls() const { return host_calls_; }
    // What lay in local memory, once it has run.
    std::vector<planned_buffer> take_local() { return std::move(local_); }

    std::vector<deployed_node> run(std::function<void(std::size_t, std::size_t, std::string const&)> const& progress) {
        for (std::size_t u = 0; u < units_.size(); ++u) {
            unit& now = units_[u];
            if (progress) progress(now.first, steps_.size(), name_of(now.first));
            std::size_t const tiu = out_.count(isa::engine::tiu), gdma = out_.count(isa::engine::gdma);
            if (is_host(now)) host_calls_.push_back({out_.restart(), now.first});
            else encoded_for(g_, steps_[now.first + now.count - 1].node, [&] { emit(u); });
            report(now, tiu, gdma);
            if (now.loop) list_local(now);
            if (out_.wants_restart()) (void)out_.restart();
        }
        return std::move(nodes_);
    }

private:
    void emit(std::size_t u) {
        if (units_[u].loop) units_[u].loop->run(out_, [&](double share) { preload_after(u, share); });
        else move(steps_[units_[u].first]);
    }
    std::string const& name_of(std::size_t k) const { return g_[steps_[k].node].results[0].name; }
    local_plan turned(local_plan const& l) {
        upper_ = !upper_;
        return upper_ ? l : l.mirrored(Chip::lane_memory_bytes);
    }
    std::uint64_t input_address(step const& s, std::size_t i) const {
        auto const& o = std::get<kernel_plan<Chip>>(s.plan).inputs[i];
        return o.packed ? layout_.packed_address(o.packed.get()) : layout_.address(g_.operands(s.node)[o.operand]);
    }
    global_range range_of_value(graph::ref r) const {
        std::uint64_t const at = layout_.address(r);
        return {at, at + static_cast<std::uint64_t>(element_count(g_[r].dims)) * bytes_of(g_[r].type)};
    }

    bool is_host(unit const& u) const { return !u.loop && std::holds_alternative<host_function>(steps_[u.first].plan); }

    // The next kernel's, unless it is made by this unit or by the movements between.
    void preload_after(std::size_t u, double share) {
        auto written = units_[u].loop->written();
        if (out_.wants_restart()) return;
        for (std::size_t n = u + 1; n < units_.size() && !is_host(units_[n]); ++n) {
            if (units_[n].loop) return units_[n].loop->preload(out_, units_[u].loop->local(), written, share);
            graph::id const v = steps_[units_[n].first].node;
            for (std::size_t r = 0; r < g_[v].results.size(); ++r) written.push_back(range_of_value({v, r}));
        }
    }

    void move(step const& s) {
        auto const operands = g_.operands(s.node);
        if (auto const* c = std::get_if<copy_plan>(&s.plan))
            for (auto const& one : c->copies) copy(s.node, operands, one);
        if (auto const* p = std::get_if<gather_plan>(&s.plan)) select_rows(s.node, operands, *p);
    }
    void select_rows(graph::id v, std::vector<graph::ref> const& operands, gather_plan const& p) {
        dtype const t = g_[v].results[0].type;
        std::uint64_t const table = layout_.address(operands[p.table]), to = layout_.address({v, 0});
        std::uint64_t const index =
            p.packed_index ? layout_.packed_address(p.packed_index.get()) : layout_.address(operands[p.index]);
        if (!p.scatter_into) return data_mover<Chip>::gather(out_, t, p, {table, index, to});
        view const whole = view::dense({1, 1, p.rows, p.row_elements});
        data_mover<Chip>::copy(out_, t, whole, to, whole, layout_.address(operands[*p.scatter_into]));
        data_mover<Chip>::scatter(out_, t, p, {table, index, to});
    }
    void copy(graph::id v, std::vector<graph::ref> const& operands, global_copy const& one) {
        dtype const t = g_[v].results[one.result].type;
        std::uint64_t const to = layout_.address({v, one.result});
        if (one.from_result) data_mover<Chip>::copy(out_, t, one.to, to, one.from, to);
        else if (one.operand) data_mover<Chip>::copy(out_, t, one.to, to, one.from, layout_.address(operands[*one.operand]));
        else data_mover<Chip>::fill(out_, t, one.to, to, one.constant);
    }

    // A group's commands are counted as its last member's; what is loaded ahead of time, as that of whom it runs beside.
    void report(unit const& u, std::size_t tiu, std::size_t gdma) {
        for (std::size_t k = u.first; k < u.first + u.count; ++k) {
            deployed_node done{name_of(k), std::string(g_[steps_[k].node].op->name), "alias", 0, {}, 0, tiu, 0, gdma, 0};
            if (u.loop) {
                done.plan = u.count > 1 ? "group" : "kernel";
                done.tile = u.loop->local().tile, done.tiles = u.loop->tiles().size();
                done.local_bytes = u.loop->local().end - u.loop->local().begin;
            } else if (auto const* c = std::get_if<copy_plan>(&steps_[k].plan)) {
                done.plan = "copy", done.tiles = c->copies.size();
            } else if (std::holds_alternative<gather_plan>(steps_[k].plan)) {
                done.plan = "gather", done.tiles = 1;
            } else if (is_host(u)) {
                done.plan = "processor", done.tiles = 1;
            }
            if (k + 1 == u.first + u.count) {
                done.tiu_count = out_.count(isa::engine::tiu) - tiu;
                done.gdma_count = out_.count(isa::engine::gdma) - gdma;
            }
            nodes_.push_back(std::move(done));
        }
    }

    // What is loaded ahead of time is there from the kernel before on.
    void list_local(unit const& u) {
        local_plan const& l = u.loop->local();
        auto const& p = u.loop->plan();
        std::size_t const last = u.first + u.count - 1;
        auto const add = [&](std::string name, std::int64_t at, std::int64_t bytes, std::size_t from, std::size_t to) {
            if (bytes > 0)
                local_.push_back(
                    {std::move(name), static_cast<std::uint64_t>(at), static_cast<std::uint64_t>(bytes), from, to});
        };
        for (std::size_t i = 0; i < p.inputs.size(); ++i) {
            auto const [member, own] = u.group ? u.group->inputs[i] : std::pair<std::size_t, std::size_t>{0, i};
            std::size_t const from = u.loop->loaded_early(i) ? before_ : u.first + l.load_stage(i);
            std::size_t const to = l.load_stages.empty() ? last : u.first + member;
            for (auto const at : l.input_slots[i]) add(input_name(u.first + member, own), at, l.input_bytes[i], from, to);
        }
        for (std::size_t i = 0; i < p.outputs.size(); ++i) {
            std::size_t const member = u.group ? u.group->outputs[i] : 0;
            for (auto const at : l.output_slots[i]) add(name_of(u.first + member), at, l.output_bytes[i], u.first, last);
        }
        std::int64_t kept = 0;
        if (u.group)
            for (auto const& k : u.group->kept(u.loop->tiles()[0])) {
                auto const at = static_cast<std::int64_t>(k.address), bytes = static_cast<std::int64_t>(k.bytes);
                add(name_of(u.first + k.first), l.scratch + at, bytes, u.first + k.first, u.first + k.last);
                kept = std::max(kept, at + bytes);
            }
        add(std::string(planned_buffer::working_memory), l.scratch + kept, l.scratch_bytes - kept, u.first, last);
        before_ = u.first;
    }
    std::string input_name(std::size_t k, std::size_t i) const {
        auto const operands = g_.operands(steps_[k].node);
        auto const& o = std::get<kernel_plan<Chip>>(steps_[k].plan).inputs[i];
        if (o.operand < operands.size()) return g_[operands[o.operand]].name;
        return "parameters of " + name_of(k);
    }

    graph const& g_;
    std::vector<step> const& steps_;
    global_layout<Chip> const& layout_;
    program<Chip>& out_;
    std::vector<unit> units_;
    std::vector<deployed_node> nodes_;
    std::vector<host_call> host_calls_;
    std::vector<planned_buffer> local_;
    std::size_t before_ = 0; // first step of the last kernel
    bool upper_ = false;
};

} // namespace tpu_convert
