// The clock's walk; included where a chip's costs are all visible.
#pragma once
#include <algorithm>
#include <string>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/isa/stream.hpp>
#include <tpu_convert/simulate/clock.hpp>

namespace tpu_convert::simulate {

template <class Chip>
std::vector<queued_command> clock<Chip>::decode(engine on, std::span<std::byte const> stream) {
    std::vector<queued_command> queue;
    auto& charges = charges_[static_cast<std::size_t>(on)];
    charges.clear();
    isa::decode_stream<Chip>(on, stream, [&]<class Command>(Command const& c, isa::position at) {
        queued_command q;
        q.name = c.sub_op_name(), q.index = at.index;
        if constexpr (Command::template has<"cmd_id">) q.id = static_cast<std::uint32_t>(c.template get<"cmd_id">());
        if constexpr (Command::template has<"cmd_id_dep">) q.wait = static_cast<std::uint32_t>(c.template get<"cmd_id_dep">());
        if constexpr (chargeable_on<Command, Chip>)
            charges.push_back(charge_of(timed<Chip>{figures_}, c));
        else
            throw model_error{error_code::not_built_yet, std::string(Command::name),
                              "the clock of " + std::string(Chip::name) + " has no cost for this command"};
        queue.push_back(q);
    });
    return queue;
}

template <class Chip>
void clock<Chip>::run(std::span<std::byte const> tiu, std::span<std::byte const> dma) {
    auto const tiu_queue = decode(engine::tiu, tiu), dma_queue = decode(engine::gdma, dma);
    std::array<double, 2> free{now_, now_};
    std::array<std::vector<double>, 2> ends; // by command id
    auto const first = static_cast<std::ptrdiff_t>(commands_.size());
    walk(tiu_queue, dma_queue, order::eager_tiu, [&](queued_command const& q, command_tag const& tag) {
        std::size_t const self = static_cast<std::size_t>(tag.on), other = 1 - self;
        charge const& cost = charges_[self][q.index];
        double const awaited = q.wait < ends[other].size() ? ends[other][q.wait] : now_;
        timed_command t{tag.on, group_, static_cast<std::uint32_t>(q.index), q.name, std::max(free[self], awaited),
                        std::floor(cost.cycles), cost};
        free[self] = t.end();
        if (ends[self].size() <= q.id) ends[self].resize(q.id + std::size_t{1}, now_);
        ends[self][q.id] = free[self];
        commands_.push_back(t);
    });
    std::stable_sort(commands_.begin() + first, commands_.end(), [](auto const& a, auto const& b) { return a.start < b.start; });
    now_ = std::max(free[0], free[1]);
    ++group_;
}

} // namespace tpu_convert::simulate
