#pragma once
#include <algorithm>
#include <tpu_convert/chip/bm1684x/commands.hpp>
#include <tpu_convert/chip/registry.hpp>
#include <tpu_convert/isa/disassemble.hpp>
#include <tpu_convert/model_file/bmodel/inspect.hpp>

namespace tpu_convert::bmodel {

TPU_CONVERT_INLINE std::vector<stream_place> streams_of(file const& f) {
    std::vector<stream_place> found;
    auto known = [&](stream_place const& s) { // some writers store the stage's streams again for the subnet
        return std::ranges::any_of(found, [&](stream_place const& f) {
            return f.engine == s.engine && std::ranges::equal(f.bytes.bytes(), s.bytes.bytes());
        });
    };
    auto add = [&](std::vector<command_group> const& groups, std::string const& where) {
        for (std::size_t i = 0; i < groups.size(); ++i) {
            auto const& g = groups[i];
            std::string const place = where + " group " + std::to_string(i);
            for (auto const& s : {stream_place{place, isa::engine::tiu, g.tiu_count, g.tiu},
                                  stream_place{place, isa::engine::gdma, g.gdma_count, g.gdma}})
                if (!s.bytes.empty() && !known(s)) found.push_back(s);
        }
    };
    for (auto const& n : f.nets)
        for (std::size_t i = 0; i < n.stages.size(); ++i) {
            std::string const stage = "net " + n.name + " stage " + std::to_string(i);
            add(n.stages[i].groups, stage);
            for (std::size_t k = 0; k < n.stages[i].subnets.size(); ++k) {
                auto const& s = n.stages[i].subnets[k];
                std::string const subnet = stage + " subnet " + std::to_string(k);
                add(s.groups, subnet);
                for (std::size_t c = 0; c < s.cores.size(); ++c)
                    add(s.cores[c].groups, subnet + " core " + std::to_string(c));
            }
        }
    return found;
}

TPU_CONVERT_INLINE void disassemble(file const& f, std::optional<isa::engine> only,
                                    std::function<void(std::string_view)> const& print) {
    with_chip<bmodel_chips>(f.chip, [&]<class Chip>(std::type_identity<Chip>) {
        for (auto const& s : streams_of(f)) {
            if (only && *only != s.engine) continue;
            print("# " + s.where + " " + std::string(isa::name_of(s.engine)) + ": " + std::to_string(s.count) + " commands, " +
                  std::to_string(s.bytes.size()) + " bytes\n");
            isa::decode_stream<Chip>(s.engine, s.bytes.bytes(), [&](auto const& c, isa::position at) {
                print(std::to_string(at.index + 1) + "\t" + isa::to_string(c) + "\n");
            });
        }
    });
}

} // namespace tpu_convert::bmodel
