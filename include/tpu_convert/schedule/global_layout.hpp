// Which bytes of global memory each value of a graph has: weights, activations, and values that share another's memory.
#pragma once
#include <map>
#include <set>
#include <string>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/lower/constant_bits.hpp>
#include <tpu_convert/lower/lowering.hpp>
#include <tpu_convert/schedule/data_mover.hpp>
#include <tpu_convert/schedule/global_memory.hpp>
#include <tpu_convert/schedule/memory_plan.hpp>
#include <vector>

namespace tpu_convert {

// Address of a value, and the order of nodes that it was computed for.
template <class Chip>
class global_layout {
public:
    struct step {
        graph::id node;
        lowering_plan<Chip> plan;
        std::size_t unit = 0;  // steps of one unit run tile by tile, together
        bool internal = false; // its result never leaves local memory
        bool rewired = false;  // its operands are not what its operator says any more
    };

    // least_memory: the memory of outputs is others' before they are made, and more than one order of placing is tried.
    global_layout(graph const& g, std::vector<step>& steps, bool keep_all, bool least_memory = false)
        : g_(g), steps_(steps), keep_all_(keep_all), least_memory_(least_memory) {
        share_memory();
        if (!keep_all_) join_in_place();
        place_weights();
        place_activations();
    }

    std::uint64_t address(graph::ref r) const {
        auto const [root, offset] = root_of(r);
        return base_.at({root.node, root.result}) + offset;
    }
    std::uint64_t packed_address(void const* packed) const { return packed_.at(packed); }

    std::vector<std::byte> take_weights() { return std::move(weights_); }
    std::uint64_t context_address() const { return context_; }
    std::uint64_t context_bytes() const { return context_bytes_; }
    // Activations, with what they were named first of all that shares their bytes.
    std::vector<planned_buffer> const& activations() const { return activations_; }
    // The same without addresses, from unit to unit.
    std::vector<buffer_request> const& requests() const { return requests_; }

private:
    using key = std::pair<graph::id, std::size_t>;
    struct place {
        graph::ref root;
        std::uint64_t offset;
    };

    place root_of(graph::ref r) const {
        std::uint64_t offset = 0;
        for (auto it = alias_.find({r.node, r.result}); it != alias_.end(); it = alias_.find({r.node, r.result})) {
            offset += it->second.offset;
            r = it->second.root;
        }
        return {r, offset};
    }
    std::uint64_t bytes_of_value(graph::ref r) const {
        return static_cast<std::uint64_t>(element_count(g_[r].dims)) * bytes_of(g_[r].type);
    }

    // A result that only renames its operand shares its memory; an output must not share with an input, a weight or another
    // output.
    void share_memory() {
        std::set<key> taken;
        for (auto const& o : g_.outputs) taken.insert({o.node, o.result});
        std::set<key> claimed;
        for (auto& s : steps_) {
            auto const* a = std::get_if<alias_plan>(&s.plan);
            if (!a) continue;
            graph::ref const from = g_.operands(s.node)[a->operand], self{s.node, 0};
            graph::ref const root = root_of(from).root;
            bool const own = g_[root.node].kind != node_kind::operation || taken.contains({root.node, root.result}) ||
                             claimed.contains({root.node, root.result});
            if (g_.is_output(self) && own) {
                s.plan = whole_copy(from, self, *a);
                continue;
            }
            if (g_.is_output(self)) claimed.insert({root.node, root.result});
            alias_[{s.node, 0}] = {from, static_cast<std::uint64_t>(a->offset) * bytes_of(g_[from].type)};
        }
    }
    // What is copied whole into a part of a result without gaps (Concat of outer axes) is made there from the start.
    void join_in_place() {
        std::set<graph::id> shown; // their memory is an output's
        for (auto const& o : g_.outputs) shown.insert({o.node, root_of(o).root.node});
        for (auto& s : steps_) {
            auto* c = std::get_if<copy_plan>(&s.plan);
            auto const reads = [](global_copy const& one) { return one.operand && !one.from_result; };
            if (!c || !std::all_of(c->copies.begin(), c->copies.end(), reads) || g_[s.node].results.size() > 1) continue;
            std::erase_if(c->copies, [&](global_copy const& one) {
                if (!gapless(one.from) || !gapless(one.to) || one.from.offset) return false;
                graph::ref const operand = g_.operands(s.node)[*one.operand];
                auto const [root, offset] = root_of(operand);
                bool const whole = offset == 0 && volume(one.from.dims) == element_count(g_[root].dims) &&
                                   bytes_of(g_[root].type) == bytes_of(g_[s.node].results[0].type);
                if (!whole || root.node == s.node || g_[root.node].kind != node_kind::operation || shown.contains(root.node))
                    return false;
                std::uint64_t const size = bytes_of(g_[root].type);
                alias_[{root.node, root.result}] = {{s.node, 0}, static_cast<std::uint64_t>(one.to.offset) * size};
                return true;
            });
        }
    }
    static bool gapless(view const& v) {
        std::int64_t step = 1;
        for (int i = 3; i >= 0; --i) {
            if (v.dims[i] > 1 && v.strides[i] != step) return false;
            step *= v.dims[i];
        }
        return true;
    }
    copy_plan whole_copy(graph::ref, graph::ref self, alias_plan const& a) const {
        view v = view::dense({1, 1, 1, element_count(g_[self].dims)}), from = v;
        from.offset = a.offset;
        return {{{a.operand, from, 0, v, 0}}};
    }

    // Operands that plans read in their own form; packed forms replace the operand's bytes.
    void place_weights() {
        auto const put = [&](std::span<std::byte const> bytes) {
            weights_.resize(round_up(static_cast<std::int64_t>(weights_.size()), weight_alignment));
            std::uint64_t const at = Chip::weights_address + weights_.size();
            weights_.insert(weights_.end(), bytes.begin(), bytes.end());
            return at;
        };
        for (auto const& s : steps_) {
            std::set<std::size_t> packed;
            if (auto const* t = std::get_if<gather_plan>(&s.plan); t && t->packed_index) {
                packed.insert(t->index);
                packed_[t->packed_index.get()] = put(*t->packed_index);
            }
            if (auto const* k = std::get_if<kernel_plan<Chip>>(&s.plan))
                for (auto const& i : k->inputs) {
                    if (!i.packed) continue;
                    packed.insert(i.operand);
                    if (!packed_.contains(i.packed.get())) packed_[i.packed.get()] = put(*i.packed);
                }
            auto const operands = g_.operands(s.node);
            for (std::size_t i = 0; i < operands.size(); ++i) {
                graph::ref const o = operands[i];
                if (!o || g_[o.node].kind != node_kind::weight || packed.contains(i) || base_.contains({o.node, o.result}))
                    continue;
                base_[{o.node, o.result}] = put(weight_bytes(o));
            }
        }
    }
    std::vector<std::byte> weight_bytes(graph::ref r) const {
        auto const values = g_[r.node].payload->values();
        dtype const t = g_[r].type == dtype::i64 ? dtype::i32 : g_[r].type;
        std::vector<std::byte> bytes(values.size() * bytes_of(t));
        for (std::size_t i = 0; i < values.size(); ++i) {
            std::uint32_t const bits = constant_bits(values[i], t);
            std::copy_n(reinterpret_cast<std::byte const*>(&bits), bytes_of(t), bytes.data() + i * bytes_of(t));
        }
        return bytes;
    }

    void place_activations() {
        auto const index = request_memory();
        buffer_plan const plan = placed();
        context_ = Chip::activations_address(weights_.size());
        context_bytes_ = plan.bytes;
        std::size_t const last = steps_.size();
        for (auto const& [k, i] : index) {
            base_[k] = context_ + plan.offsets[i];
            auto const& q = requests_[i];
            std::size_t end = std::min(q.last, last - 1);
            while (end + 1 < last && steps_[end + 1].unit == steps_[end].unit) ++end;
            activations_.push_back({g_[graph::ref{k.first, k.second}].name, base_[k], q.bytes, q.first, end});
        }
    }
    // Positions in requests_.
    std::map<key, std::size_t> request_memory() {
        std::map<key, std::size_t> index;
        std::size_t const last = steps_.size();
        std::set<key> internal;
        for (auto const& s : steps_)
            if (s.internal) internal.insert({s.node, 0});
        auto const touch = [&](graph::ref r, std::size_t step, bool whole_life) {
            graph::ref const root = root_of(r).root;
            if (g_[root.node].kind == node_kind::weight || internal.contains({root.node, root.result})) return;
            auto const [it, fresh] = index.try_emplace({root.node, root.result}, requests_.size());
            if (fresh) requests_.push_back({bytes_of_value(root), step, step});
            buffer_request& q = requests_[it->second];
            q.last = std::max(q.last, step);
            if (whole_life || keep_all_) q.last = last, q.first = least_memory_ && !keep_all_ ? q.first : 0;
        };
        for (auto v : g_.inputs()) touch({v, 0}, 0, true);
        for (std::size_t k = 0; k < steps_.size(); ++k) {
            for (auto const& o : g_.operands(steps_[k].node))
                if (o) touch(o, steps_[k].unit, false);
            for (std::size_t r = 0; r < g_[steps_[k].node].results.size(); ++r)
                touch({steps_[k].node, r}, steps_[k].unit, g_.is_output({steps_[k].node, r}));
        }
        return index;
    }
    // First fit may find more room for longer lives: late outputs must not cost any.
    buffer_plan placed() {
        if (!least_memory_) return place_buffers(requests_, Chip::global_alignment);
        buffer_plan plan = place_buffers_tightly(requests_, Chip::global_alignment);
        auto whole = requests_;
        for (auto& q : whole)
            if (q.last == steps_.size()) q.first = 0;
        if (auto other = place_buffers_tightly(whole, Chip::global_alignment); other.bytes < plan.bytes)
            requests_ = std::move(whole), plan = std::move(other);
        return plan;
    }

    static constexpr std::int64_t weight_alignment = 64;

    graph const& g_;
    std::vector<step>& steps_;
    bool keep_all_, least_memory_;
    std::map<key, place> alias_;
    std::map<key, std::uint64_t> base_;
    std::map<void const*, std::uint64_t> packed_;
    std::vector<std::byte> weights_;
    std::uint64_t context_ = 0, context_bytes_ = 0;
    std::vector<planned_buffer> activations_;
    std::vector<buffer_request> requests_;
};

} // namespace tpu_convert
