// transform: a network becomes a Top graph as .mlir text and weights, checked by a run of the float reference.
#include "command.hpp"
#include "inputs.hpp"
#include "judgement.hpp"
#include "network.hpp"
#include "preprocessing.hpp"
#include <fmt/core.h>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/graph/mlir_text.hpp>
#include <tpu_convert/import/onnx.hpp>
#include <tpu_convert/io/preprocess.hpp>
#include <tpu_convert/io/progress.hpp>
#include <tpu_convert/op/evaluate.hpp>
#include <tpu_convert/pass/pipeline.hpp>
#include <tpu_convert/report/compare.hpp>

namespace tpu_convert::apps {

namespace {

namespace fs = std::filesystem;

onnx_options import_options(arguments const& a) {
    onnx_options o;
    o.name = a.text("model_name");
    o.input_shapes = a.shapes("input_shapes");
    o.output_names = a.list("output_names");
    for (auto const& name : a.list("input_types")) {
        auto const type = dtype_named(name);
        if (!type) throw model_error{error_code::usage, "--input_types", "'" + name + "' is no type such as float32 or int64"};
        o.input_types.push_back(*type);
    }
    set_input_constants(o, a.list("input_constants"));
    return o;
}

void check_arguments(arguments const& a) {
    require_suffix(a.text("mlir"), {".mlir"});
    require_input_file(a.text("model_def"), {".onnx"});
    if (a.text("model_name").find('/') != std::string::npos)
        throw model_error{error_code::usage, "--model_name", "the name is part of file names and can't hold '/'"};
    if (a.text("model_name").empty()) throw model_error{error_code::usage, "--model_name", "the network needs a name"};
    (void)limits_of(a, "tolerance");
    for (auto const& file : a.list("test_input"))
        if (is_image_name(file) && a.text("channel_format") == "none")
            throw model_error{error_code::usage, "--channel_format", "none says that inputs are no images, but " + file +
                              " is one"};
    for (std::string const name : {"test_result", "test_reference"})
        if (a.given(name) && !a.given("test_input")) throw model_error{error_code::usage, "--" + name, "it needs --test_input"};
    if (a.given("test_result")) require_suffix(a.text("test_result"), {".npz"});
    if (a.given("test_reference")) require_input_file(a.text("test_reference"), {".npz"});
}

void compare_with_reference(arguments const& a, tensor_map const& tensors) {
    auto const reference = read_npz(a.text("test_reference"));
    auto const excepts = a.list("excepts");
    auto const report = judge_all({reference, a.text("test_reference"), excepts}, limits_of(a, "tolerance"),
                                  [&](std::string const& name) -> std::optional<tensor> {
        auto const found = tensors.find(name);
        return found == tensors.end() ? std::nullopt : std::optional(found->second);
    });
    fmt::print("{}", report.text(0));
    if (!report.passed())
        throw model_error{error_code::compare_failed, a.text("test_reference"),
                          "the network's tensors are not those of the reference"};
}

void check_exceptions(graph const& g, arguments const& a) {
    if (!a.given("excepts")) return;
    auto known = names_of(g);
    if (a.given("test_reference"))
        for (auto const& name : names_of(read_npz(a.text("test_reference")))) known.push_back(name);
    check_excepts(a.list("excepts"), known);
}

// Runs the network; files for its inputs and tensors are added to `files`.
void test_run(graph const& g, arguments const& a, output_files& files) {
    auto const inputs = load_inputs(g, a.list("test_input"));
    files.add_tensors(fs::path(a.text("mlir")).parent_path() / (g.name + "_in_f32.npz"), g, inputs);
    if (a.flag("not_inference")) return;
    progress_bar bar("evaluate");
    evaluate_options options;
    if (a.given("test_result") || a.given("test_reference")) options.keep = evaluate_options::keep_rule::all;
    options.progress = [&](std::size_t done, std::size_t total, std::string_view name) { bar.show(done, total, name); };
    auto const tensors = evaluate_graph(g, inputs, options);
    for (auto const& name : not_numbers(tensors, g)) fmt::print(stderr, "tpu-convert: warning: {} holds NaN\n", name);
    if (a.given("test_result")) files.add_tensors(a.text("test_result"), g, tensors);
    if (a.given("test_reference")) compare_with_reference(a, tensors);
}

void print_summary(graph const& g, std::string const& mlir, double seconds) {
    std::size_t operations = 0;
    std::int64_t weights = 0;
    for (auto const v : g.order()) {
        operations += g[v].kind == node_kind::operation;
        if (g[v].kind == node_kind::weight) weights += element_count(g[v].results[0].dims);
    }
    for (auto const v : g.inputs()) fmt::print("input  {} {}\n", g[v].results[0].name, to_string(g[v].results[0].dims));
    for (auto const& o : g.outputs) fmt::print("output {} {}\n", g[o].name, to_string(g[o].dims));
    fmt::print("{}: {} operators, {} weights, {:.2f} s\n", mlir, operations, weights, seconds);
}

} // namespace

int transform(arguments const& a) {
    stopwatch const watch;
    check_arguments(a);
    tpu_convert::transform_options passes;
    if (a.flag("debug") || a.text("log_level") == "1")
        passes.log = [](std::string_view pass, std::size_t nodes) { fmt::print("  {:<32} {} nodes\n", pass, nodes); };
    graph g = transform_graph(import_onnx(a.text("model_def"), import_options(a)), passes);
    attach_preprocessing(g, a);
    check_exceptions(g, a);
    fs::path const mlir = a.text("mlir");
    output_files files;
    auto& text = files.add(mlir);
    auto& weights = files.add(mlir.parent_path() / weight_file_name(g));
    write_mlir(text, weights, g);
    if (a.given("test_input")) test_run(g, a, files);
    files.commit();
    print_summary(g, mlir.string(), watch.seconds());
    return 0;
}

} // namespace tpu_convert::apps
