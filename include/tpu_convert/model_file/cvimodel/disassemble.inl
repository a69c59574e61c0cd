#pragma once
#include <algorithm>
#include <string>
#include <tpu_convert/chip/cv18xx/command_buffer.hpp>
#include <tpu_convert/chip/cv18xx/commands.hpp>
#include <tpu_convert/chip/cv18xx/registry.hpp>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/isa/disassemble.hpp>
#include <tpu_convert/model_file/cvimodel/command_bytes.hpp>
#include <tpu_convert/model_file/cvimodel/disassemble.hpp>

namespace tpu_convert::cvimodel {

namespace detail {

template <class Chip>
void disassemble_section(section const& s, std::optional<isa::engine> only,
                         std::function<void(std::string_view)> const& print) {
    auto const buffer = cv18xx::split_records(command_bytes(s), cv18xx::record_sizes_of<Chip>());
    for (auto const e : {isa::engine::tiu, isa::engine::gdma}) {
        if (only && *only != e) continue;
        auto const& stream = e == isa::engine::tiu ? buffer.tiu : buffer.gdma;
        auto const count = std::count(buffer.order.begin(), buffer.order.end(), e);
        print("# section " + s.name + " " + std::string(isa::name_of(e)) + ": " + std::to_string(count) + " commands, " +
              std::to_string(stream.size()) + " bytes\n");
        isa::decode_stream<Chip>(e, stream, [&](auto const& c, isa::position at) {
            print(std::to_string(at.index + 1) + "\t" + isa::to_string(c) + "\n");
        });
    }
}

} // namespace detail

TPU_CONVERT_INLINE void disassemble(file const& f, std::optional<isa::engine> only,
                                    std::function<void(std::string_view)> const& print) {
    bool known = false;
    for_each(cv18xx_chips{}, [&]<class Chip>(std::type_identity<Chip>) {
        if (f.chip != Chip::file_name) return;
        known = true;
        for (auto const& s : f.sections)
            if (s.kind == section_kind::commands) detail::disassemble_section<Chip>(s, only, print);
    });
    if (!known) throw model_error{error_code::chip_unknown, f.chip, "no chip of this name has .cvimodel files"};
}

} // namespace tpu_convert::cvimodel
