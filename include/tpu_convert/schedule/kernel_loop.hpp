// Runs a kernel tile by tile: the next tile is loaded while this one is computed and the last one is stored.
#pragma once
#include <cstdint>
#include <tpu_convert/schedule/data_mover.hpp>
#include <tpu_convert/schedule/tiling.hpp>
#include <vector>

namespace tpu_convert {

// Global addresses of a kernel's operands, in the order of the plan.
struct kernel_addresses {
    std::vector<std::uint64_t> inputs, outputs;
};

template <class Chip>
class kernel_loop {
public:
    kernel_loop(program<Chip>& out, kernel_plan<Chip> const& plan, local_plan const& local, kernel_addresses const& at)
        : out_(out), plan_(plan), local_(local), at_(at), loaded_(plan.inputs.size()), slot_(plan.inputs.size(), 0) {}

    void run() {
        auto const tiles = tiles_of(plan_.outputs[0].global.dims, local_.tile);
        tile current = load(tiles[0], 0);
        for (std::size_t k = 0; k < tiles.size(); ++k) {
            tile next;
            if (k + 1 < tiles.size()) next = load(tiles[k + 1], k + 1);
            kernel_builder<Chip> b{&out_, local_.scratch};
            plan_.emit(b, current);
            for (std::size_t i = 0; i < plan_.outputs.size(); ++i) {
                box const part = output_box_of(plan_, i, current.out);
                data_mover<Chip>::store(out_, cut(plan_.outputs[i].global, part), at_.outputs[i], current.outputs[i]);
            }
            current = std::move(next);
        }
    }

private:
    // Loads what the tile needs and the lanes do not hold yet.
    tile load(box const& out, std::size_t k) {
        tile t{out, {}, {}, {}};
        for (std::size_t i = 0; i < plan_.inputs.size(); ++i) {
            auto const& o = plan_.inputs[i];
            box const b = plan_.input_box(i, out);
            bool const held = k > 0 && loaded_[i] == b;
            if (!held && k > 0) slot_[i] = (slot_[i] + 1) % local_.input_slots[i].size();
            t.in.push_back(b);
            t.inputs.push_back(make_local<Chip>(local_.input_slots[i][slot_[i]], b.size, o.type, o.layout));
            if (!held) data_mover<Chip>::load(out_, t.inputs[i], cut(o.global, b), at_.inputs[i]);
            loaded_[i] = b;
        }
        for (std::size_t i = 0; i < plan_.outputs.size(); ++i) {
            auto const& o = plan_.outputs[i];
            auto const& slots = local_.output_slots[i];
            t.outputs.push_back(make_local<Chip>(slots[k % slots.size()], output_box_of(plan_, i, out).size, o.type, o.layout));
        }
        return t;
    }

    program<Chip>& out_;
    kernel_plan<Chip> const& plan_;
    local_plan const& local_;
    kernel_addresses const& at_;
    std::vector<box> loaded_;
    std::vector<std::size_t> slot_;
};

} // namespace tpu_convert
