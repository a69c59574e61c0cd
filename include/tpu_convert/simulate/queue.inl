// The walk over both engines' queues.
#pragma once
#include <algorithm>
#include <string>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/simulate/queue.hpp>

namespace tpu_convert::simulate {

namespace detail {

struct engine_queue {
    std::span<queued_command const> commands;
    engine on = engine::tiu;
    std::size_t at = 0;
    std::uint32_t last_id = 0;
    std::uint32_t knows = 0; // last command of the other engine that is surely complete

    bool done() const { return at == commands.size(); }
    queued_command const& head() const { return commands[at]; }
    bool ready(engine_queue const& other) const { return !done() && head().wait <= other.last_id; }
};

TPU_CONVERT_INLINE std::string waiting_text(engine_queue const& q) {
    if (q.done()) return std::string(q.on == engine::tiu ? "TIU" : "DMA") + " is at its end";
    return std::string(q.on == engine::tiu ? "TIU " : "DMA ") + std::to_string(q.head().id) + " (" + std::string(q.head().name) +
           ") waits for id " + std::to_string(q.head().wait);
}

// by_id: a TIU command runs as soon as the DMA command that it (or one before it) waits for has run, before any later DMA
// command.
TPU_CONVERT_INLINE engine_queue* next(engine_queue& tiu, engine_queue& dma, order how) {
    engine_queue& first = how == order::eager_dma ? dma : tiu;
    engine_queue& second = how == order::eager_dma ? tiu : dma;
    bool const hold = how == order::by_id && dma.last_id == 0 && !dma.done() && dma.ready(tiu);
    if (!hold && first.ready(second)) return &first;
    if (second.ready(first)) return &second;
    return first.ready(second) ? &first : nullptr;
}

} // namespace detail

TPU_CONVERT_INLINE void walk(std::span<queued_command const> tiu, std::span<queued_command const> dma, order how,
                             std::function<void(queued_command const&, command_tag const&)> const& visit) {
    detail::engine_queue queues[2] = {{tiu, engine::tiu}, {dma, engine::gdma}};
    while (!queues[0].done() || !queues[1].done()) {
        detail::engine_queue* const q = detail::next(queues[0], queues[1], how);
        if (!q)
            throw model_error{error_code::machine_fault, "deadlock",
                              detail::waiting_text(queues[0]) + ", " + detail::waiting_text(queues[1]) +
                                  ": neither engine can go on"};
        queued_command const& c = q->head();
        q->knows = std::max(q->knows, c.wait);
        visit(c, {q->on, c.id, q->knows, c.name});
        q->last_id = c.id;
        ++q->at;
    }
}

} // namespace tpu_convert::simulate
