// Command streams of the two engines. Who must wait for whom is derived from the local memory that each command touches.
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/isa/stream.hpp>
#include <vector>

namespace tpu_convert {

// Bytes of local memory, the same range in every lane, that a command reads or writes.
struct local_access {
    std::int64_t begin, end;
    bool write;
};

// Commands of both engines, by engine, and in which order they were issued.
struct command_segment {
    std::array<std::vector<std::byte>, 2> bytes;
    std::array<std::size_t, 2> count{};
    std::vector<isa::engine> order;
};

template <class Chip>
class program {
public:
    // Issues a command: sets its id and the id of the other engine's command that must be complete before it.
    template <class Command>
    void tiu(Command c, std::initializer_list<local_access> accesses) {
        issue(c, isa::engine::tiu, {accesses.begin(), accesses.size()});
    }
    template <class Command>
    void gdma(Command c, std::initializer_list<local_access> accesses) {
        issue(c, isa::engine::gdma, {accesses.begin(), accesses.size()});
    }

    // A stream that has grown long is to be ended where it can be: ids begin again with the next one.
    bool wants_restart() const {
        if constexpr (isa::has_end_commands<typename Chip::stream_rules>) return false;
        return std::max(segments_.back().count[0], segments_.back().count[1]) > id_limit / 2;
    }
    // What follows runs when everything before it is complete. Returns the new stream's number.
    std::size_t restart() {
        if (!segments_.back().order.empty()) segments_.emplace_back();
        waited_ = {};
        std::fill(touched_.begin(), touched_.end(), history{});
        return segments_.size() - 1;
    }
    // Appends the end commands and the padding, where a chip has them; nothing may be issued after it.
    void finish() {
        if constexpr (isa::has_end_commands<typename Chip::stream_rules>) {
            typename Chip::stream_rules::tiu_end last_tiu;
            last_tiu.template select<fixed_string{"sys.end"}>();
            end(last_tiu, isa::engine::tiu);
            typename Chip::stream_rules::gdma_end last_gdma;
            end(last_gdma, isa::engine::gdma);
        }
    }

    // One after the other; ids count from 1 in each.
    std::vector<command_segment>& segments() { return segments_; }
    std::size_t count(isa::engine e) const {
        std::size_t n = 0;
        for (auto const& s : segments_) n += s.count[index(e)];
        return n;
    }

private:
    static constexpr std::size_t id_limit = (std::size_t{1} << Chip::command_id_bits) - 1;
    static constexpr std::int64_t granule = Chip::eu_bytes;
    static constexpr std::size_t index(isa::engine e) { return static_cast<std::size_t>(e); }
    // Of each granule of local memory, for each engine: the last command that wrote it, and the last that read it.
    struct history {
        std::array<std::uint32_t, 2> write{}, read{};
    };

    template <class Command>
    void issue(Command c, isa::engine e, std::span<local_access const> accesses) {
        std::size_t const self = index(e), other = 1 - self;
        auto& out = segments_.back();
        std::uint32_t const id = static_cast<std::uint32_t>(++out.count[self]);
        if (id > id_limit)
            throw model_error{error_code::encoding, Command::name, "the network needs more commands than ids have room for"};
        std::uint32_t wait = 0;
        for (auto const& a : accesses) {
            if (a.begin < 0 || a.end > Chip::lane_memory_bytes || a.begin >= a.end)
                throw model_error{error_code::internal, Command::name,
                                  "bytes " + std::to_string(a.begin) + " to " + std::to_string(a.end) + " are not in a lane"};
            for (auto g = a.begin / granule; g < (a.end + granule - 1) / granule; ++g) {
                history& h = touched_[static_cast<std::size_t>(g)];
                wait = std::max(wait, h.write[other]);
                if (a.write) wait = std::max(wait, h.read[other]);
                (a.write ? h.write : h.read)[self] = id;
            }
        }
        // Ids waited for only grow: an earlier wait of this engine covers smaller ids.
        waited_[self] = std::max(waited_[self], wait);
        c.template set<"cmd_id">(id);
        c.template set<"cmd_id_dep">(waited_[self]);
        if constexpr (Command::template has<"cmd_id_en">) c.template set<"cmd_id_en">(1);
        isa::append(out.bytes[self], c);
        out.order.push_back(e);
    }
    template <class Command>
    void end(Command c, isa::engine e) {
        auto& out = segments_.back();
        auto& bytes = out.bytes[index(e)];
        c.template set<"cmd_id">(++out.count[index(e)]);
        isa::append(bytes, c);
        out.order.push_back(e);
        isa::pad<Chip>(bytes);
    }

    std::vector<command_segment> segments_{1};
    std::array<std::uint32_t, 2> waited_{};
    std::vector<history> touched_ = std::vector<history>(Chip::lane_memory_bytes / granule);
};

} // namespace tpu_convert
