// Runs a kernel tile by tile: the next tile is loaded while this one is computed and the last one is stored.
#pragma once
#include <algorithm>
#include <cstdint>
#include <span>
#include <tpu_convert/schedule/data_mover.hpp>
#include <tpu_convert/schedule/tiling.hpp>
#include <vector>

namespace tpu_convert {

// Global addresses of a kernel's operands, in the order of the plan.
struct kernel_addresses {
    std::vector<std::uint64_t> inputs, outputs;
};

// Bytes of global memory.
struct global_range {
    std::uint64_t begin = 0, end = 0;

    bool meets(global_range const& o) const { return begin < o.end && o.begin < end; }
};

// That a tensor at `base` seen through a view lies in.
inline global_range range_of(view const& v, dtype t, std::uint64_t base) {
    std::int64_t last = v.offset;
    for (int i = 0; i < 4; ++i) last += (v.dims[i] - 1) * std::max<std::int64_t>(v.strides[i], 0);
    auto const size = static_cast<std::uint64_t>(bytes_of(t));
    return {base + static_cast<std::uint64_t>(v.offset) * size, base + static_cast<std::uint64_t>(last + 1) * size};
}

template <class Chip>
class kernel_loop {
public:
    kernel_loop(kernel_plan<Chip> const& plan, local_plan local, kernel_addresses at)
        : plan_(&plan), local_(std::move(local)), at_(std::move(at)), loaded_(plan.inputs.size()),
          held_(plan.inputs.size(), false), slot_(plan.inputs.size(), 0),
          tiles_(tiles_of(plan.outputs[0].global.dims, local_.tile)) {}

    std::size_t tile_count() const { return tiles_.size(); }
    local_plan const& local() const { return local_; }
    std::vector<global_range> written() const {
        std::vector<global_range> ranges;
        for (std::size_t i = 0; i < at_.outputs.size(); ++i)
            ranges.push_back(range_of(plan_->outputs[i].global, plan_->outputs[i].type, at_.outputs[i]));
        return ranges;
    }

    // Loads ahead what the first tile needs, while local memory that `busy` says is in use: not what is yet to be written.
    void preload(program<Chip>& out, local_plan const& busy, std::span<global_range const> written) {
        for (std::size_t i = 0; i < plan_->inputs.size(); ++i) {
            std::int64_t const at = local_.input_slots[i][0], end = at + local_.input_bytes[i];
            global_range const from = range_of(plan_->inputs[i].global, plan_->inputs[i].type, at_.inputs[i]);
            bool const early = std::none_of(written.begin(), written.end(), [&](auto const& w) { return w.meets(from); });
            if (early && (end <= busy.begin || at >= busy.end)) (void)load_input(out, i, plan_->input_box(i, tiles_[0]));
        }
    }
    // before_last() is called when all but the last tile are computed and the last one is loaded.
    template <class Before>
    void run(program<Chip>& out, Before&& before_last) {
        tile current = load(out, 0);
        for (std::size_t k = 0; k < tiles_.size(); ++k) {
            tile next;
            if (k + 1 < tiles_.size()) next = load(out, k + 1);
            else before_last();
            kernel_builder<Chip> b{&out, local_.scratch};
            plan_->emit(b, current);
            for (std::size_t i = 0; i < plan_->outputs.size(); ++i) {
                box const part = output_box_of(*plan_, i, current.out);
                data_mover<Chip>::store(out, cut(plan_->outputs[i].global, part), at_.outputs[i], current.outputs[i]);
            }
            current = std::move(next);
        }
    }

private:
    tile load(program<Chip>& out, std::size_t k) {
        tile t{tiles_[k], {}, {}, {}};
        for (std::size_t i = 0; i < plan_->inputs.size(); ++i) {
            t.in.push_back(plan_->input_box(i, t.out));
            t.inputs.push_back(load_input(out, i, t.in[i]));
        }
        for (std::size_t i = 0; i < plan_->outputs.size(); ++i) {
            auto const& o = plan_->outputs[i];
            auto const& slots = local_.output_slots[i];
            dims4 const size = output_box_of(*plan_, i, t.out).size;
            t.outputs.push_back(make_local<Chip>(slots[k % slots.size()], size, o.type, o.layout));
        }
        return t;
    }
    // What the lanes hold already stays where it is.
    local_tensor load_input(program<Chip>& out, std::size_t i, box const& b) {
        auto const& o = plan_->inputs[i];
        bool const there = held_[i] && loaded_[i] == b;
        if (held_[i] && !there) slot_[i] = (slot_[i] + 1) % local_.input_slots[i].size();
        local_tensor const t = make_local<Chip>(local_.input_slots[i][slot_[i]], b.size, o.type, o.layout);
        if (!there) move_input(out, t, o, b, at_.inputs[i]);
        loaded_[i] = b, held_[i] = true;
        return t;
    }
    static void move_input(program<Chip>& out, local_tensor const& t, tile_operand const& o, box const& b, std::uint64_t at) {
        if constexpr (requires { &data_mover<Chip>::load_rows; })
            if (o.rows) return data_mover<Chip>::load_rows(out, t, o.global, *o.rows, b, at);
        data_mover<Chip>::load(out, t, cut(o.global, b), at);
    }

    kernel_plan<Chip> const* plan_;
    local_plan local_;
    kernel_addresses at_;
    std::vector<box> loaded_;
    std::vector<bool> held_;
    std::vector<std::size_t> slot_;
    std::vector<box> tiles_;
};

} // namespace tpu_convert
