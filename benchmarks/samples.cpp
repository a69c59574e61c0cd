// samples MODEL.mlir WHAT IMAGE... : one run of the network for each image by two threads, and what calibration costs beside it.
// WHAT is evaluator (on the first image, one inference after the other, each by two threads), inference (on the first image,
// two at once), read (images are read too), or a method, with :0 for no tuning. Prints a line of JSON.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <exception>
#include <filesystem>
#include <string>
#include <tpu_convert/graph/mlir_text.hpp>
#include <tpu_convert/io/preprocess.hpp>
#include <tpu_convert/quantize/calibrate.hpp>
#include <tpu_convert/quantize/sample_runner.hpp>
#include <vector>

using namespace tpu_convert;

namespace {

void run(graph const& g, std::string const& what, std::size_t count, sample_source const& source) {
    calibrate_options options;
    options.threads = 2;
    if (what != "inference" && what != "read" && what != "evaluator") {
        options.method = what.substr(0, what.find(':'));
        if (what.ends_with(":0")) options.tune = 0;
        calibrate(g, count, source, options);
        return;
    }
    if (what == "evaluator") {
        evaluator e(g);
        evaluate_options o;
        o.keep = evaluate_options::keep_rule::named;
        auto const inputs = source(0);
        for (std::size_t i = 0; i < count; ++i) e.run(inputs, o);
        return;
    }
    sample_runner runner(g, count, source, options);
    runner.run({"inference", [](std::size_t, graph::ref, tensor const&, bool) {}, {}}, count);
}

} // namespace

int main(int argc, char** argv) try {
    if (argc < 4) return 2;
    graph const network = read_mlir(argv[1]);
    std::string const what = argv[2];
    std::vector<std::filesystem::path> const images(argv + 3, argv + argc);
    auto const input = network.inputs().at(0);
    auto const load = [&](std::size_t i) {
        return load_images(std::span{images}.subspan(i, 1), preprocess_from(network[input].preprocess),
                           network[input].results[0].dims);
    };
    bool const one = what == "inference" || what == "evaluator";
    tensor const first = load(0);
    sample_source const source = [&](std::size_t i) {
        std::map<std::string, tensor> sample;
        sample.emplace(network[input].results[0].name, one ? first : load(i));
        return sample;
    };
    double wall = 1e30, cpu = 1e30;
    for (int i = 0; i < 5; ++i) {
        auto const start = std::chrono::steady_clock::now();
        auto const cpu_start = std::clock();
        run(network, what, images.size(), source);
        cpu = std::min(cpu, 1e3 * static_cast<double>(std::clock() - cpu_start) / CLOCKS_PER_SEC);
        wall = std::min(wall, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    }
    std::printf("{\"min_ms\": %.2f, \"cpu_ms\": %.2f}\n", wall, cpu);
} catch (std::exception const& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 1;
}
