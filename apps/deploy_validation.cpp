#include "deploy_validation.hpp"
#include "judgement.hpp"
#include "machine_run.hpp"
#include <algorithm>
#include <bit>
#include <cmath>
#include <filesystem>
#include <fmt/core.h>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/io/progress.hpp>
#include <tpu_convert/op/evaluate.hpp>
#include <tpu_convert/quantize/number_format.hpp>

namespace tpu_convert::apps {

namespace {

namespace fs = std::filesystem;

bool excepted(deploy_request const& r, std::string const& name) {
    return std::find(r.excepts.begin(), r.excepts.end(), name) != r.excepts.end();
}

tensor_map evaluate_with_progress(graph const& g, tensor_map const& inputs, bool all, char const* what) {
    evaluate_options options;
    if (all) options.keep = evaluate_options::keep_rule::all;
    progress_bar bar(what);
    options.progress = [&](std::size_t done, std::size_t total, std::string_view name) { bar.show(done, total, name); };
    return evaluate_graph(g, inputs, options);
}

// Inputs that the file takes as integers.
tensor_map stored_inputs(graph const& typed, tensor_map inputs) {
    for (auto v : typed.inputs()) {
        value const& x = typed[v].results[0];
        if (!is_quantized(x)) continue;
        auto const low = static_cast<double>(lowest_of(x.type)), high = static_cast<double>(highest_of(x.type));
        for (float& e : inputs.at(x.name).values())
            e = static_cast<float>(std::clamp(std::round(static_cast<double>(e) * static_cast<float>(1 / x.scale)) +
                                                  static_cast<double>(x.zero_point),
                                              low, high));
    }
    return inputs;
}

tensor_map as_real(graph const& typed, tensor_map const& stored) {
    tensor_map real = stored;
    for (auto v : typed.order())
        for (auto const& x : typed[v].results)
            if (auto const found = real.find(x.name); found != real.end() && is_quantized(x))
                make_real(x, found->second.values());
    return real;
}

// Units in the last place between two floats of one sign.
std::int64_t ulps(float x, float y) {
    auto const place = [](float f) {
        auto const bits = std::bit_cast<std::int32_t>(f);
        return static_cast<std::int64_t>(bits < 0 ? std::int32_t(0x8000'0000) - bits : bits);
    };
    return std::abs(place(x) - place(y));
}

struct agreement {
    std::size_t tensors = 0, equal = 0;
    std::int64_t most_ulps = 0;
    std::string first; // tensor that falls below --correctness
    double cosine = 1;
};
agreement compare_bits(tensor_map const& reference, npz const& chip, deploy_request const& r) {
    agreement a;
    for (auto const& [name, wanted] : reference) {
        auto const* found = chip.find(name);
        if (!found || excepted(r, name)) continue;
        auto const got = to_tensor(*found);
        std::int64_t most = 0;
        for (std::int64_t i = 0; i < wanted.size() && i < got.size(); ++i) most = std::max(most, ulps(wanted[i], got[i]));
        ++a.tensors, a.equal += most == 0, a.most_ulps = std::max(a.most_ulps, most);
        auto const judged = judge(name, got, wanted, r.correctness);
        if (!judged.passed && a.first.empty()) a.first = name, a.cosine = judged.figures.cosine;
    }
    return a;
}

// The chip against the quantized reference: integers must be equal, floats within --correctness.
void check_chip(tensor_map const& quantized, npz const& chip, deploy_request const& r, verdict& v) {
    auto const a = compare_bits(quantized, chip, r);
    fmt::print("chip against quantized reference: {} of {} tensors equal bit for bit", a.equal, a.tensors);
    if (a.most_ulps) fmt::print(", the others within {} ulp", a.most_ulps);
    fmt::print("\n");
    if (a.first.empty()) return;
    v.passed = false;
    v.why = fmt::format("the chip's {} differs from the quantized reference (cosine {:.6f}, --correctness asks for {})", a.first,
                        a.cosine, r.correctness.cosine);
}

// What the file takes: integers where its inputs are integers.
npz chip_inputs(graph const& g, graph const& typed, tensor_map const& inputs) {
    npz arrays = to_npz(g, inputs);
    auto const stored = stored_inputs(typed, inputs);
    for (auto v : typed.inputs())
        if (value const& x = typed[v].results[0]; is_quantized(x)) arrays.set(x.name, from_tensor(stored.at(x.name), x.type));
    return arrays;
}

// The file's outputs; with --compare_all every tensor that the chip holds at the end.
npz run_chip(graph const& g, graph const& typed, deploy_request const& r, deployment const& d, validation const& v) {
    machine_settings settings;
    if (r.compare_all) settings.also = d.tensors;
    settings.raw = r.integer;
    auto result = run_machine(r.model, chip_inputs(g, typed, v.inputs), settings);
    if (!result.hazards.empty())
        throw model_error{error_code::machine_hazard, r.model, std::to_string(result.hazards.size()) + " hazards; the first: " +
                          result.hazards[0]};
    for (auto const& o : typed.outputs) // files may add axes of length one
        if (auto const* const a = result.outputs.find(typed[o].name)) {
            array shaped = *a;
            shaped.dims = typed[o].dims;
            result.outputs.set(typed[o].name, std::move(shaped));
        }
    return std::move(result.outputs);
}

std::string first_fall(graph const& g, comparison_report const& report) {
    for (auto v : g.order())
        for (auto const& x : g[v].results)
            for (auto const& row : report.rows)
                if (row.name == x.name && !row.passed)
                    return fmt::format("{} has cosine {:.4f} and euclidean {:.4f}", x.name, row.figures.cosine,
                                       row.figures.euclidean);
    return "an output differs";
}

void explain(graph const& g, deploy_request const& r, verdict& v) {
    v.passed = false;
    v.why = fmt::format("{}, --tolerance asks for {} and {}{}", first_fall(g, v.accuracy), r.tolerance.cosine,
                        r.tolerance.euclidean, r.file ? " (the file is written)" : "");
}

// Inputs in their own types: images as bytes.
npz raw_images(graph const& g, tensor_map const& inputs) {
    npz arrays;
    for (auto const v : g.inputs()) {
        value const& x = g[v].results[0];
        arrays.set(x.name, from_tensor(inputs.at(x.name), x.type));
    }
    return arrays;
}

} // namespace

validation prepare_validation(graph const& g, deploy_request const& r) {
    auto files = r.test_input;
    auto const folder = fs::path(r.mlir).parent_path();
    auto const beside = folder / (g.name + (r.raw_images ? "_in_ori.npz" : "_in_f32.npz"));
    if (files.empty() && fs::exists(beside)) files = {beside.string()};
    if (files.empty() && !r.test_reference.empty())
        throw model_error{error_code::usage, "--test_reference",
                          "it needs --test_input, the input that its tensors are of (there is no " + beside.string() + ")"};
    if (files.empty()) return {};
    bool const nothing_left = !r.compare_all && std::all_of(g.outputs.begin(), g.outputs.end(), [&](auto const& o) {
        return excepted(r, g[o].name);
    });
    if (nothing_left)
        throw model_error{error_code::usage, "--excepts",
                          "it leaves out all of the network's outputs, nothing would be compared; leave one in, compare all "
                          "tensors with --compare_all, or say --skip_validation"};
    validation v{load_inputs(g, files), {}};
    if (r.raw_images && files[0] != beside.string()) write_npz(beside, raw_images(g, v.inputs));
    if (!r.test_reference.empty()) v.reference = read_npz(r.test_reference);
    else v.reference = to_npz(g, evaluate_with_progress(g, v.inputs, r.compare_all, "reference"));
    return v;
}

tensor_map real_tensors(graph const& net, tensor_map const& inputs) {
    return as_real(net, evaluate_with_progress(net, stored_inputs(net, inputs), true, "report"));
}

verdict validate(graph const& g, graph const& typed, deploy_request const& r, deployment const* d, validation const& v) {
    verdict out;
    references const by{v.reference, r.test_reference, r.excepts};
    npz chip;
    if (d) chip = run_chip(g, typed, r, *d, v);
    if (r.integer || !d) {
        auto const stored = evaluate_with_progress(typed, stored_inputs(typed, v.inputs), r.compare_all, "quantized reference");
        out.quantized = as_real(typed, stored);
        out.accuracy = judge_all(by, r.tolerance, [&](std::string const& name) -> std::optional<tensor> {
            auto const found = out.quantized.find(name);
            return found == out.quantized.end() ? std::nullopt : std::optional(found->second);
        });
        fmt::print("quantized reference against float:\n{}", out.accuracy.text(1));
        if (d) check_chip(stored, chip, r, out);
    } else {
        out.accuracy = judge_all(by, r.tolerance, [&](std::string const& name) -> std::optional<tensor> {
            auto const* found = chip.find(name);
            return found ? std::optional(to_tensor(*found)) : std::nullopt;
        });
        fmt::print("{}", out.accuracy.text(1));
    }
    if (out.passed && !out.accuracy.passed()) explain(g, r, out);
    return out;
}

} // namespace tpu_convert::apps
