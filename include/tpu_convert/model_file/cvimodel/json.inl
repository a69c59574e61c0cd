#pragma once
#include <nlohmann/json.hpp>
#include <tpu_convert/model_file/cvimodel/inspect.hpp>

namespace tpu_convert::cvimodel {

namespace detail {

using ordered_json = nlohmann::ordered_json;

// Structs under the names that the schema gives their fields.
TPU_CONVERT_INLINE ordered_json as_json(tensor_info const& t) {
    ordered_json j{{"tensor_id", t.id}, {"name", t.name}, {"offset", t.address}, {"dtype", t.data_type},
                   {"shape", {{"dim", t.dims}}}};
    if (t.strides) j["stride"] = {{"dim", *t.strides}};
    if (t.has_quantization)
        j["quant"] = {{"type", static_cast<int>(t.quantized)}, {"max_value", t.max_value}, {"min_value", t.min_value},
                      {"zero_point", t.zero_point}, {"qscale", t.qscale}};
    j.update({{"overwrote", t.overwritten}, {"scale", t.scale}, {"mean", t.mean}, {"pixel_format", t.pixel_format},
              {"aligned", t.aligned}, {"size", t.bytes}});
    return j;
}

TPU_CONVERT_INLINE ordered_json as_json(routine const& r) {
    ordered_json j{{"type", static_cast<int>(r.kind)}, {"in_tensors", r.inputs}, {"out_tensors", r.outputs}};
    if (r.kind == routine_kind::tpu)
        j["tpu_routine"] = {{"cmdbuf_section", r.commands}, {"dmabuf_section", r.relocated_commands}};
    else
        j["cpu_routine"] = {{"function_section", r.function}, {"function_args_bytes", r.arguments.size()}};
    return j;
}

TPU_CONVERT_INLINE ordered_json as_json(program_info const& p) {
    ordered_json tensors = ordered_json::array(), routines = ordered_json::array();
    for (auto const& t : p.tensors) tensors.push_back(as_json(t));
    for (auto const& r : p.routines) routines.push_back(as_json(r));
    return {{"batch_num", p.batch}, {"neuron_size", p.neuron_bytes}, {"input_tensors", p.inputs},
            {"output_tensors", p.outputs}, {"tensor_map", tensors}, {"routines", routines}, {"shared_gmem", p.shared_bytes},
            {"private_gmem", p.own_bytes}};
}

} // namespace detail

// Names that are no UTF-8 do not stop the listing.
TPU_CONVERT_INLINE std::string json_text(file const& f) {
    using json = detail::ordered_json;
    json weights = json::array(), programs = json::array(), sections = json::array();
    for (auto const& w : f.weights)
        weights.push_back({{"name", w.name}, {"offset", w.address}, {"size", w.bytes}, {"shape", {{"dim", w.dims}}},
                           {"type", w.data_type}});
    for (auto const& p : f.programs) programs.push_back(detail::as_json(p));
    for (auto const& s : f.sections)
        sections.push_back({{"type", static_cast<int>(s.kind)}, {"name", s.name}, {"size", s.bytes.size()},
                            {"encrypt", s.encrypted}, {"compress", s.compressed}, {"decompressed_size", s.decompressed_bytes}});
    json j{{"version", {{"major_", f.major}, {"minor_", f.minor}, {"sub_minor", f.sub_minor}}}, {"chip", f.chip},
           {"name", f.name}, {"build_time", f.build_time}, {"weight_map", weights}, {"programs", programs},
           {"sections", sections}, {"target", f.target}, {"mlir_version", f.compiler_version}};
    if (auto const& h = f.preprocessing)
        j["preprocess_hints"] = {{"color", h->color}, {"raw_scale", h->raw_scale}, {"mean", h->mean}, {"std", h->deviation},
                                 {"input_scale", h->input_scale}, {"data_format", h->data_format}};
    if (f.done_softmax) j["postprocess_hints"] = {{"done_softmax", true}};
    return j.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

} // namespace tpu_convert::cvimodel
