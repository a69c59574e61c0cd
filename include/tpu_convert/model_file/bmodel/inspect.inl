#pragma once
#include <algorithm>
#include <cstdio>
#include <set>
#include <tpu_convert/model_file/bmodel/inspect.hpp>
#include <tpu_convert/model_file/digest.hpp>

namespace tpu_convert::bmodel {

namespace detail {

// Names of element types as this listing has them.
TPU_CONVERT_INLINE std::string long_type_name(std::uint32_t code) {
    auto const type = dtype_of_code(code);
    if (type) return std::string(info(*type).name);
    return code < data_type_names.size() ? std::string(data_type_names[code]) : "type " + std::to_string(code);
}

TPU_CONVERT_INLINE std::string number_text(double v) {
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%g", v);
    return buffer;
}

TPU_CONVERT_INLINE std::string hex_text(std::uint64_t v) {
    char buffer[24];
    std::snprintf(buffer, sizeof buffer, "0x%llx", static_cast<unsigned long long>(v));
    return buffer;
}

TPU_CONVERT_INLINE std::string tensor_line(char const* kind, tensor_info const& t, bool dynamic, bool all) {
    std::string dims;
    for (auto const& s : t.shapes) {
        std::string one;
        for (std::size_t i = 0; i < s.size(); ++i)
            one += (i ? ", " : "") + std::string(dynamic ? "max:" : "") + std::to_string(s[i]);
        dims += (dims.empty() ? "[" : " [") + one + "]";
    }
    std::string line = std::string(kind) + ": " + t.name + ", " + dims + ", " + long_type_name(t.data_type) +
                       ", scale: " + number_text(t.scale) + ", zero_point: " + std::to_string(t.zero_point);
    if (all) line += ", address: " + hex_text(t.address) + ", bytes: " + std::to_string(t.bytes);
    return line + "\n";
}

struct memory_sums {
    std::uint64_t weights = 0, instructions = 0, runtime = 0, host = 0;
};

TPU_CONVERT_INLINE memory_sums memory_of(file const& f) {
    memory_sums sums;
    std::set<std::string> counted; // equal weights are loaded once
    for (auto const& n : f.nets)
        for (auto const& s : n.stages) {
            auto const& c = s.coefficient_memory;
            if (c && counted.insert(std::string(c->check_code.begin(), c->check_code.end())).second)
                sums.weights += c->bytes.size();
            std::uint64_t context = s.context_sizes.empty() ? s.context_bytes : 0;
            for (auto b : s.context_sizes) context += b;
            sums.runtime = std::max(sums.runtime, context + s.io_bytes);
            sums.host = std::max<std::uint64_t>(sums.host, s.cpu_memory_bytes);
        }
    for (auto const& s : streams_of(f)) sums.instructions += s.bytes.size();
    return sums;
}

TPU_CONVERT_INLINE std::string stage_details(stage const& s) {
    std::string text = "context: " + hex_text(s.context_address) + ", " + std::to_string(s.context_bytes) + " bytes\n";
    if (auto const& c = s.coefficient_memory) {
        auto const digest = sha256(c->bytes.bytes());
        bool const equal = std::ranges::equal(digest, c->check_code);
        text += "weights: " + hex_text(c->address) + ", " + std::to_string(c->bytes.size()) + " bytes, check code " +
                (equal ? "right" : "does not fit") + "\n";
    }
    for (std::size_t i = 0; i < s.groups.size(); ++i)
        text += "group " + std::to_string(i) + ": " + std::to_string(s.groups[i].tiu_count) + " TIU commands in " +
                std::to_string(s.groups[i].tiu.size()) + " bytes, " + std::to_string(s.groups[i].gdma_count) +
                " GDMA commands in " + std::to_string(s.groups[i].gdma.size()) + " bytes\n";
    return text + "subnets: " + std::to_string(s.subnets.size()) + "\n";
}

} // namespace detail

TPU_CONVERT_INLINE std::string info_text(file const& f, bool all) {
    std::string text = "bmodel version: " + f.type + "." + f.version + "\nchip: " + f.chip + "\ncreate time: " + f.time;
    if (!text.ends_with('\n')) text += '\n';
    if (f.device_count > 1) text += "device num: " + std::to_string(f.device_count) + "\n";
    if (auto const& k = f.kernel_module)
        text += "\nkernel_module name: " + k->file_name + "\nkernel_module size: " + std::to_string(k->bytes.size()) + "\n";
    for (std::size_t i = 0; i < f.nets.size(); ++i) {
        auto const& n = f.nets[i];
        bool const dynamic = !n.stages.empty() && n.stages[0].is_dynamic != 0;
        text += "==========================================\nnet " + std::to_string(i) + ": [" + n.name + "]  " +
                (dynamic ? "dynamic" : "static") + "\n";
        if (n.address_mode) text += "addr mode: " + std::to_string(n.address_mode) + "\n";
        for (std::size_t k = 0; k < n.stages.size(); ++k) {
            auto const& s = n.stages[k];
            text += "------------\nstage " + std::to_string(k) + ":\n";
            if (s.core_count > 1) text += "core num: " + std::to_string(s.core_count) + "\n";
            for (auto const& t : s.inputs) text += detail::tensor_line("input", t, dynamic, all);
            for (auto const& t : s.outputs) text += detail::tensor_line("output", t, dynamic, all);
            if (all) text += detail::stage_details(s);
        }
    }
    auto const m = detail::memory_of(f);
    return text + "\ndevice mem size: " + std::to_string(m.weights + m.instructions + m.runtime) +
           " (weight: " + std::to_string(m.weights) + ", instruct: " + std::to_string(m.instructions) +
           ", runtime: " + std::to_string(m.runtime) + ")\nhost mem size: " + std::to_string(m.host) +
           " (weight: 0, runtime: " + std::to_string(m.host) + ")\n";
}

} // namespace tpu_convert::bmodel
