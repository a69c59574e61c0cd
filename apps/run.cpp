// run: a network by the float reference, or a chip's file by the machine.
#include "command.hpp"
#include "inputs.hpp"
#include "machine_run.hpp"
#include "typed_network.hpp"
#include <fmt/core.h>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/io/progress.hpp>
#include <tpu_convert/op/evaluate.hpp>

namespace tpu_convert::apps {

namespace {

void run_reference(arguments const& a) {
    stopwatch const watch;
    graph const g = load_typed_network(a, a.shapes("input_shapes"));
    auto const inputs = load_inputs(g, a.list("input"));
    progress_bar bar("run");
    evaluate_options options;
    if (a.flag("dump_all_tensors")) options.keep = evaluate_options::keep_rule::all;
    options.progress = [&](std::size_t done, std::size_t total, std::string_view name) { bar.show(done, total, name); };
    auto const tensors = evaluate_graph(g, inputs, options);
    for (auto const& name : not_numbers(tensors, g)) fmt::print(stderr, "tpu-convert: warning: {} holds NaN\n", name);
    output_files files;
    files.add_tensors(a.text("output"), g, tensors);
    files.commit();
    fmt::print("{}: {} tensors, {:.2f} s\n", a.text("output"), tensors.size(), watch.seconds());
}

} // namespace

int run(arguments const& a) {
    require_input_file(a.text("model"), {".onnx", ".mlir", ".bmodel", ".cvimodel"});
    require_suffix(a.text("output"), {".npz"});
    for (auto const& file : a.list("input")) require_input_file(file, {".npz", ".npy", ".jpg", ".jpeg", ".png", ".bmp"});
    check_typing(a);
    if (a.given("quantize") && a.flag("dump_all_tensors"))
        throw model_error{error_code::usage, "--dump_all_tensors",
                          "tensors between integer operators are no real numbers; deploy --compare_all compares them"};
    auto const& model = a.text("model");
    bool const bmodel = model.ends_with(".bmodel"), cvimodel = model.ends_with(".cvimodel");
    for (auto const* name : {"coeff", "order", "no-checks"})
        if (a.given(name) && !bmodel && (!cvimodel || std::string_view(name) == "coeff"))
            throw model_error{error_code::usage, "--" + std::string(name),
                              cvimodel ? "the option is for .bmodel files" : "the option is for chips' files"};
    if (bmodel) run_bmodel_file(a);
    else if (cvimodel) run_cvimodel_file(a);
    else run_reference(a);
    return 0;
}

} // namespace tpu_convert::apps
