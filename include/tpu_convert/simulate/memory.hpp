// The memories of one core and what the machine knows about their use: bounds, bytes never written, accesses that race.
#pragma once
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/isa/engine.hpp>
#include <tpu_convert/simulate/footprint.hpp>
#include <vector>

namespace tpu_convert::simulate {

struct memory_sizes {
    std::uint32_t lanes = 0;
    std::uint32_t lane_bytes = 0;
    std::uint32_t fixed_bytes = 0;  // tables that the firmware loads
    std::uint32_t vector_bytes = 0; // what aligned layouts align to
};

// One bit for each byte.
class byte_set {
public:
    explicit byte_set(std::uint64_t bytes = 0) : words_((bytes + 63) / 64) {}
    void insert(std::uint64_t first, std::uint64_t count);
    // Offset of the first byte that is not in the set, or `count`.
    std::uint64_t first_missing(std::uint64_t first, std::uint64_t count) const;

private:
    std::vector<std::uint64_t> words_;
};

// A piece of global memory with its address in the file.
struct region {
    std::string name;
    std::uint64_t start = 0;
    std::uint64_t size = 0;
    bool writable = true;
    std::unique_ptr<std::byte, void (*)(void*)> bytes{nullptr, nullptr};
    byte_set written;
};

using isa::engine;

// A command under execution, as reports name it. `knows` is the last command of the other engine that surely is complete.
struct command_tag {
    engine on = engine::tiu;
    std::uint32_t id = 0;
    std::uint32_t knows = 0;
    std::string_view name;
};

class machine_memory {
public:
    explicit machine_memory(memory_sizes sizes, std::uint8_t fill = 0);

    memory_sizes const& sizes() const { return sizes_; }
    std::byte* lane(std::uint32_t l) { return local_.get() + std::uint64_t{l} * sizes_.lane_bytes; }
    std::byte* local() { return local_.get(); }
    std::byte* fixed() { return fixed_.data(); }
    region& add_region(std::string name, std::uint64_t start, std::uint64_t size, bool writable);
    // Host side access; marks what it writes as written.
    std::byte* global(std::uint64_t address, std::uint64_t bytes);
    void store_global(std::uint64_t address, std::span<std::byte const> data);
    void mark_written(std::uint64_t local_address, std::uint64_t bytes) { local_written_.insert(local_address, bytes); }

    // Every command declares its operands before it touches them. Both return the operand's first byte.
    // Out of bounds is a model_error; the rest goes to hazards().
    std::byte* reads(footprint const& f);
    std::byte* writes(footprint const& f);

    void watch(bool on) { watching_ = on; }
    void begin(command_tag const& tag);
    void end_group() { history_[0].clear(), history_[1].clear(), current_ = {}; }
    command_tag const& current() const { return current_.tag; }
    std::vector<std::string> const& hazards() const { return hazards_; }

private:
    struct use {
        footprint what;
        bool write;
    };
    struct record {
        command_tag tag;
        std::vector<use> uses;
    };
    std::byte* locate(footprint const& f, bool write);
    void check_written(footprint const& f);
    void set_written(footprint const& f);
    void check_races(footprint const& f, bool write);
    bool overlap(footprint const& a, footprint const& b) const;
    region* region_of(std::uint64_t address, std::uint64_t bytes);
    void report(std::string text);

    memory_sizes sizes_;
    std::unique_ptr<std::byte, void (*)(void*)> local_;
    std::vector<std::byte> fixed_;
    std::vector<std::unique_ptr<region>> regions_;
    byte_set local_written_;
    bool watching_ = true;
    record current_;
    std::deque<record> history_[2];
    std::vector<std::string> hazards_;
};

// Calls f(address, bytes) for each contiguous run; local addresses are lane * lane bytes + offset. Stops when f returns false.
template <class F>
void for_each_run(footprint const& f, memory_sizes const& sizes, F&& visit) {
    run_pattern const p = pattern_of(f);
    bool const local = f.where == space::local;
    std::uint64_t const start_lane = local ? f.address / sizes.lane_bytes : 0;
    std::uint64_t const offset = local ? f.address % sizes.lane_bytes : f.address;
    std::uint64_t const batches = f.n_stride == 0 ? 1 : f.n;
    for (std::uint64_t n = 0; n < batches; ++n)
        for (std::uint64_t c = 0; c < f.c; ++c) {
            std::uint64_t const q = start_lane + c;
            std::uint64_t base = offset + n * f.n_stride;
            base += local ? q % sizes.lanes * sizes.lane_bytes + q / sizes.lanes * f.c_stride : c * f.c_stride;
            for (std::uint64_t o = 0; o < p.outer_count; ++o)
                for (std::uint64_t i = 0; i < p.count; ++i)
                    if (!visit(base + o * p.outer_stride + i * p.stride, p.bytes)) return;
        }
}

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/memory.inl>
#endif
