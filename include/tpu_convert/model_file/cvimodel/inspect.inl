#pragma once
#include <algorithm>
#include <cstdio>
#include <tpu_convert/model_file/cvimodel/inspect.hpp>

namespace tpu_convert::cvimodel {

namespace detail {

TPU_CONVERT_INLINE std::string place_text(std::int64_t address) {
    if (address < 0) return "host";
    auto const a = static_cast<std::uint64_t>(address);
    return "region " + std::to_string(region_of(a)) + " + " + std::to_string(offset_of(a));
}

TPU_CONVERT_INLINE std::string type_text(std::uint8_t code) {
    auto const t = dtype_of_code(code);
    return t ? std::string(info(*t).name) : "type " + std::to_string(code);
}

TPU_CONVERT_INLINE std::string tensor_line(char const* kind, tensor_info const& t) {
    char scale[32];
    std::snprintf(scale, sizeof scale, "%g", static_cast<double>(t.qscale));
    std::string line = std::string(kind) + ": " + t.name + ", " + to_string(t.dims) + ", " + type_text(t.data_type);
    if (t.has_quantization) line += std::string(", qscale: ") + scale;
    if (!t.pixel_format.empty()) line += ", pixel format: " + t.pixel_format;
    if (t.aligned) line += ", aligned";
    return line + ", " + place_text(t.address) + "\n";
}

TPU_CONVERT_INLINE std::string routine_line(routine const& r) {
    if (r.kind == routine_kind::cpu) return "routine: CPU " + r.function + "\n";
    return "routine: TPU " + r.commands + "\n";
}

TPU_CONVERT_INLINE std::string program_text(program_info const& p, bool all) {
    std::string text = "batch: " + std::to_string(p.batch) + "\nshared memory: " + std::to_string(p.shared_bytes) +
                       "\nown memory: " + std::to_string(p.own_bytes) + "\n";
    auto const named = [](std::vector<std::string> const& names, std::string const& name) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    for (auto const& t : p.tensors)
        if (named(p.inputs, t.name)) text += tensor_line("input", t);
    for (auto const& t : p.tensors)
        if (named(p.outputs, t.name)) text += tensor_line("output", t);
    for (auto const& t : p.tensors)
        if (all && !named(p.inputs, t.name) && !named(p.outputs, t.name)) text += tensor_line("tensor", t);
    for (auto const& r : p.routines) text += routine_line(r);
    return text;
}

} // namespace detail

TPU_CONVERT_INLINE std::string version_text(file const& f) {
    return std::to_string(f.major) + "." + std::to_string(f.minor) + "." + std::to_string(f.sub_minor);
}

TPU_CONVERT_INLINE std::string info_text(file const& f, bool all) {
    std::string text = "cvimodel version: " + version_text(f) + "\nchip: " + f.chip + "\nname: " + f.name + "\n";
    if (!f.build_time.empty()) text += "build time: " + f.build_time + "\n";
    if (!f.compiler_version.empty()) text += "compiler: " + f.compiler_version + "\n";
    text += std::string("check sum: ") + (f.digest_right ? "right" : "does not fit") + "\n";
    for (std::size_t i = 0; i < f.programs.size(); ++i)
        text += "------------\nprogram " + std::to_string(i) + ":\n" + detail::program_text(f.programs[i], all);
    text += "------------\n";
    for (auto const& s : f.sections)
        text += "section: " + s.name + ", " + std::string(section_names[static_cast<std::size_t>(s.kind)]) + ", " +
                std::to_string(s.bytes.size()) + " bytes" + (s.compressed ? ", compressed" : "") +
                (s.encrypted ? ", encrypted" : "") + "\n";
    for (auto const& w : f.weights)
        if (all)
            text += "weight: " + w.name + ", " + to_string(w.dims) + ", " + detail::type_text(w.data_type) + ", " +
                    detail::place_text(w.address) + "\n";
    return text;
}

} // namespace tpu_convert::cvimodel
