// The machine's run loop; included where a chip's commands are all visible.
#pragma once
#include <cstring>
#include <tpu_convert/isa/stream.hpp>
#include <tpu_convert/simulate/machine.hpp>
#include <tpu_convert/simulate/static_tables.hpp>

namespace tpu_convert::simulate {

namespace detail {

// Not machine::execute, and looked up where the command's type is known: chips may be included in any order.
template <class State, class Command>
void execute_command(State& s, Command const& c) {
    execute(s, c);
}

} // namespace detail

template <class Chip>
machine<Chip>::machine(machine_options options) : options_(options), state_(options.fill) {
    state_.watch(options.checks);
    if constexpr (requires { typename Chip::static_tables; }) load_static_tables<Chip>(state_);
}

template <class Chip>
template <class Command>
void machine<Chip>::run_bytes(void* state, std::byte const* bytes) {
    Command c;
    c.load({bytes, Command::bytes});
    auto& s = *static_cast<state_type*>(state);
    if constexpr (executable_on<Command, Chip>)
        detail::execute_command(s, c);
    else
        throw model_error{error_code::machine_fault, std::string(Command::name),
                          "the machine of " + std::string(Chip::name) + " does not execute " + std::string(c.sub_op_name()) +
                              " yet"};
}

template <class Chip>
std::vector<queued_command> machine<Chip>::decode(engine on, std::span<std::byte const> stream) {
    std::vector<queued_command> queue;
    isa::decode_stream<Chip>(on, stream, [&]<class Command>(Command const& c, isa::position at) {
        queued_command q;
        q.name = c.sub_op_name(), q.bytes = stream.data() + at.offset, q.run = &run_bytes<Command>;
        if constexpr (Command::template has<"cmd_id">) q.id = static_cast<std::uint32_t>(c.template get<"cmd_id">());
        if constexpr (Command::template has<"cmd_id_dep">) q.wait = static_cast<std::uint32_t>(c.template get<"cmd_id_dep">());
        queue.push_back(q);
    });
    return queue;
}

template <class Chip>
void machine<Chip>::execute(engine on, std::span<std::byte const> bytes) {
    for (auto const& q : decode(on, bytes)) {
        state_.begin({on, 1, 0xFFFFFFFFu, q.name});
        q.run(&state_, q.bytes);
    }
}

template <class Chip>
void machine<Chip>::run(std::span<std::byte const> tiu, std::span<std::byte const> dma) {
    auto const tiu_queue = decode(engine::tiu, tiu), dma_queue = decode(engine::gdma, dma);
    walk(tiu_queue, dma_queue, options_.run_order, [this](queued_command const& c, command_tag const& tag) {
        state_.begin(tag);
        c.run(&state_, c.bytes);
        ++commands_;
    });
    state_.end_group();
}

} // namespace tpu_convert::simulate
