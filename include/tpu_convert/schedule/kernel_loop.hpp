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
          held_(plan.inputs.size(), false), early_(plan.inputs.size(), false), slot_(plan.inputs.size(), 0),
          tiles_(tiles_of(plan.outputs[0].global.dims, local_.tile)) {}

    kernel_plan<Chip> const& plan() const { return *plan_; }
    std::vector<box> const& tiles() const { return tiles_; }
    bool loaded_early(std::size_t input) const { return early_[input]; }
    local_plan const& local() const { return local_; }
    std::vector<global_range> written() const {
        std::vector<global_range> ranges;
        for (std::size_t i = 0; i < at_.outputs.size(); ++i)
            ranges.push_back(range_of(plan_->outputs[i].global, plan_->outputs[i].type, at_.outputs[i]));
        return ranges;
    }

    // Loads ahead what the first tile needs, up to a share of its bytes, while local memory that `busy` says is in use: not what
    // is yet to be written.
    void preload(program<Chip>& out, local_plan const& busy, std::span<global_range const> written, double share) {
        double total = 0, done = 0;
        for (auto const bytes : local_.input_bytes) total += static_cast<double>(bytes);
        for (std::size_t i = 0; i < plan_->inputs.size(); ++i) {
            done += static_cast<double>(local_.input_bytes[i]);
            if (done > share * total && share < 1) return;
            if (held_[i] || local_.load_stage(i) > 0 || !is_free(i, busy) || !is_there(i, written)) continue;
            (void)load_input(out, i, plan_->input_box(i, tiles_[0]));
            early_[i] = true;
        }
    }
    // beside(share) is called for each tile before it is computed, with the share of the tiles that were until then, itself
    // counted; with a share of 1 when the last input is loaded.
    template <class Beside>
    void run(program<Chip>& out, Beside&& beside) {
        tile current = load(out, 0);
        for (std::size_t k = 0; k < tiles_.size(); ++k) {
            tile next;
            if (k + 1 < tiles_.size()) {
                next = load(out, k + 1);
                beside(static_cast<double>(k + 1) / static_cast<double>(tiles_.size()));
            } else {
                load_in_stages(out, current, beside);
            }
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
            t.inputs.push_back(local_.load_stage(i) == 0 ? load_input(out, i, t.in[i]) : slot_of(i, t.in[i]));
        }
        for (std::size_t i = 0; i < plan_->outputs.size(); ++i) {
            auto const& o = plan_->outputs[i];
            auto const& slots = local_.output_slots[i];
            dims4 const size = output_box_of(*plan_, i, t.out).size;
            t.outputs.push_back(make_local<Chip>(slots[k % slots.size()], size, o.type, o.layout));
        }
        return t;
    }
    bool is_free(std::size_t i, local_plan const& busy) const {
        std::int64_t const at = local_.input_slots[i][0];
        return at + local_.input_bytes[i] <= busy.begin || at >= busy.end;
    }
    bool is_there(std::size_t i, std::span<global_range const> written) const {
        global_range const from = range_of(plan_->inputs[i].global, plan_->inputs[i].type, at_.inputs[i]);
        return std::none_of(written.begin(), written.end(), [&](auto const& w) { return w.meets(from); });
    }
    template <class Beside>
    void load_in_stages(program<Chip>& out, tile& t, Beside& beside) {
        std::size_t last = 0;
        for (std::size_t i = 0; i < plan_->inputs.size(); ++i) last = std::max(last, local_.load_stage(i));
        if (last == 0) return beside(1.0);
        t.reached = [this, &out, &beside, last, in = t.in](std::size_t stage) {
            for (std::size_t i = 0; i < plan_->inputs.size() && stage > 0; ++i)
                if (local_.load_stage(i) == stage) (void)load_input(out, i, in[i]);
            if (stage == last) beside(1.0);
        };
    }
    local_tensor slot_of(std::size_t i, box const& b) const {
        auto const& o = plan_->inputs[i];
        return make_local<Chip>(local_.input_slots[i][slot_[i]], b.size, o.type, o.layout);
    }
    // What the lanes hold already stays where it is.
    local_tensor load_input(program<Chip>& out, std::size_t i, box const& b) {
        auto const& o = plan_->inputs[i];
        bool const there = held_[i] && loaded_[i] == b;
        if (held_[i] && !there) slot_[i] = (slot_[i] + 1) % local_.input_slots[i].size();
        local_tensor const t = slot_of(i, b);
        if (!there) move_input(out, t, o, b, at_.inputs[i]);
        loaded_[i] = b, held_[i] = true;
        return t;
    }
    static void move_input(program<Chip>& out, local_tensor const& t, tile_operand const& o, box const& b, std::uint64_t at) {
        if constexpr (requires { &data_mover<Chip>::load_rows; })
            if (o.rows) return data_mover<Chip>::load_rows(out, t, o.global, *o.rows, b, at);
        if (!o.by_lane) return data_mover<Chip>::load(out, t, cut(o.global, b), at);
        std::int64_t const width = o.global.dims[3], rows = ceil_div(o.global.dims[1], Chip::lanes);
        dims4 const dims{1, Chip::lanes, 1, ceil_div(b.size[1], Chip::lanes) * width};
        data_mover<Chip>::load(out, make_local<Chip>(t.address, dims, t.type, local_layout::compact),
                               {dims, {0, rows * width, 0, 1}, b.begin[1] / Chip::lanes * width}, at);
    }

    kernel_plan<Chip> const* plan_;
    local_plan local_;
    kernel_addresses at_;
    std::vector<box> loaded_;
    std::vector<bool> held_, early_;
    std::vector<std::size_t> slot_;
    std::vector<box> tiles_;
};

} // namespace tpu_convert
