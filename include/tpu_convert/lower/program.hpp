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

    // Appends the end commands and the padding; nothing may be issued after it.
    void finish() {
        typename Chip::stream_rules::tiu_end last_tiu;
        last_tiu.template select<fixed_string{"sys.end"}>();
        end(last_tiu, isa::engine::tiu);
        typename Chip::stream_rules::gdma_end last_gdma;
        end(last_gdma, isa::engine::gdma);
    }

    std::vector<std::byte> const& bytes(isa::engine e) const { return stream_[index(e)]; }
    std::size_t count(isa::engine e) const { return count_[index(e)]; }

private:
    static constexpr std::int64_t granule = Chip::eu_bytes;
    static constexpr std::size_t index(isa::engine e) { return static_cast<std::size_t>(e); }
    // Of each granule of local memory, for each engine: the last command that wrote it, and the last that read it.
    struct history {
        std::array<std::uint32_t, 2> write{}, read{};
    };

    template <class Command>
    void issue(Command c, isa::engine e, std::span<local_access const> accesses) {
        std::size_t const self = index(e), other = 1 - self;
        std::uint32_t const id = static_cast<std::uint32_t>(++count_[self]);
        if (id >> Chip::command_id_bits)
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
        c.template set<"cmd_id_en">(1);
        isa::append(stream_[self], c);
    }
    template <class Command>
    void end(Command c, isa::engine e) {
        std::size_t const self = index(e);
        c.template set<"cmd_id">(++count_[self]);
        isa::append(stream_[self], c);
        stream_[self].resize((stream_[self].size() + 127) / 128 * 128);
    }

    std::array<std::vector<std::byte>, 2> stream_;
    std::array<std::size_t, 2> count_{};
    std::array<std::uint32_t, 2> waited_{};
    std::vector<history> touched_ = std::vector<history>(Chip::lane_memory_bytes / granule);
};

} // namespace tpu_convert
