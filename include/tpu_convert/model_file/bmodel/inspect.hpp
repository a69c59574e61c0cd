// Listings of a .bmodel file for people and scripts.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/isa/engine.hpp>
#include <tpu_convert/model_file/bmodel/file.hpp>

namespace tpu_convert::bmodel {

// Networks, tensors and memory. With `all` also addresses, checks of the weights and counts of commands.
std::string info_text(file const& f, bool all);
// Everything but the contents of the binary section, as JSON.
std::string json_text(file const& f);

// A stream of the TIU or the GDMA and where it comes from: "net yolov5s stage 0 group 0".
struct stream_place {
    std::string where;
    isa::engine engine;
    std::uint32_t count;
    blob bytes;
};
// Every different stream of the file.
std::vector<stream_place> streams_of(file const& f);
// A line for each command, as text pieces. A chip that this version does not have is an error.
void disassemble(file const& f, std::optional<isa::engine> only, std::function<void(std::string_view)> const& print);

} // namespace tpu_convert::bmodel

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/model_file/bmodel/disassemble.inl>
#include <tpu_convert/model_file/bmodel/inspect.inl>
#include <tpu_convert/model_file/bmodel/json.inl>
#endif
