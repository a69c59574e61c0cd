// The clock of one chip: charges every command of finished streams and the overlap of the two engines.
// A command type gets its cost by an overload `charge charge_of(timed<Chip>, command const&)` in this namespace; the overloads of
// a chip are all visible in simulate/clock_<chip>.hpp.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <tpu_convert/chip/timing.hpp>
#include <tpu_convert/isa/engine.hpp>
#include <tpu_convert/simulate/clock_charge.hpp>
#include <tpu_convert/simulate/queue.hpp>
#include <vector>

namespace tpu_convert::simulate {

template <class Chip>
struct timed {
    clock_figures const& figures;
};

template <class Command, class Chip>
concept chargeable_on = requires(timed<Chip> t, Command const& command) {
    { charge_of(t, command) } -> std::same_as<charge>;
};

// A command with its time; names live as long as the program.
struct timed_command {
    engine on = engine::tiu;
    std::uint32_t group = 0;       // of streams
    std::uint32_t index = 0;       // in its stream
    std::string_view name;
    double start = 0, cycles = 0;  // from the start of the first group
    charge cost;

    double end() const { return start + cycles; }
};

// Both engines of one chip: each takes its commands in order, and one that waits for a command of the other starts after it.
template <class Chip>
class clock {
public:
    explicit clock(clock_rates c) requires timed_chip<Chip> : figures_(figures_of(Chip{}, c)) {}
    explicit clock(clock_figures const& f) : figures_(f) {} // which must outlive it

    // The next group of streams; ids begin anew in each group. A deadlock is a model_error.
    void run(std::span<std::byte const> tiu, std::span<std::byte const> dma);

    clock_figures const& figures() const { return figures_; }
    // In order of their start.
    std::vector<timed_command> const& commands() const { return commands_; }
    double cycles() const { return now_; }

private:
    std::vector<queued_command> decode(engine on, std::span<std::byte const> stream);

    clock_figures const& figures_;
    std::vector<timed_command> commands_;
    std::array<std::vector<charge>, 2> charges_;
    std::uint32_t group_ = 0;
    double now_ = 0;
};

} // namespace tpu_convert::simulate
