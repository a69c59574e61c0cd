// The simulator of one chip: executes decoded command streams on a model of the chip's memories.
// A command type becomes executable by an overload `void execute(machine_state<Chip>&, command const&)` in this namespace; the
// overloads of a chip are all visible in simulate/<chip>.hpp, which alone may ask `executable_on`.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/simulate/memory.hpp>
#include <tpu_convert/simulate/queue.hpp>
#include <vector>

namespace tpu_convert::simulate {

template <class Chip>
constexpr memory_sizes sizes_of() {
    return {static_cast<std::uint32_t>(Chip::lanes), static_cast<std::uint32_t>(Chip::lane_memory_bytes),
            static_cast<std::uint32_t>(Chip::static_bytes), static_cast<std::uint32_t>(Chip::eu_bytes)};
}

template <class Chip>
struct machine_state : machine_memory {
    using chip = Chip;
    explicit machine_state(std::uint8_t fill = 0) : machine_memory(sizes_of<Chip>(), fill) {}
};

template <class Command, class Chip>
concept executable_on = requires(machine_state<Chip>& state, Command const& command) {
    execute(state, command);
};

struct machine_options {
    bool checks = true;    // reads of bytes never written, races
    std::uint8_t fill = 0; // what local memory holds at the start
    order run_order = order::eager_tiu;
};

struct machine_report {
    std::uint64_t commands = 0;
    std::vector<std::string> hazards;
};

template <class Chip>
class machine {
public:
    using state_type = machine_state<Chip>;

    explicit machine(machine_options options = {});

    state_type& state() { return state_; }
    // Commands of one engine by themselves, as tests need it; no other engine, so no races.
    void execute(engine on, std::span<std::byte const> bytes);
    // One group of streams to its end; ids begin anew in each group.
    void run(std::span<std::byte const> tiu, std::span<std::byte const> dma);
    machine_report report() const { return {commands_, state_.hazards()}; }

private:
    template <class Command>
    static void run_bytes(void* state, std::byte const* bytes);
    static std::vector<queued_command> decode(engine on, std::span<std::byte const> stream);

    machine_options options_;
    state_type state_;
    std::uint64_t commands_ = 0;
};

} // namespace tpu_convert::simulate
