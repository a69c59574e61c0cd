// inference MODEL.mlir INPUT.npz [RUNS] : time of the float reference, weights prepared once; prints one line of JSON.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <exception>
#include <map>
#include <string>
#include <tpu_convert/graph/mlir_text.hpp>
#include <tpu_convert/io/npz.hpp>
#include <tpu_convert/op/evaluate.hpp>
#include <vector>

using namespace tpu_convert;

int main(int argc, char** argv) try {
    if (argc < 3) return 2;
    graph const network = read_mlir(argv[1]);
    std::map<std::string, tensor> inputs;
    for (auto const& [name, values] : read_npz(argv[2])) inputs[name] = to_tensor(values);
    evaluator reference(network);
    for (int i = 0; i < 3; ++i) reference.run(inputs);
    std::vector<double> times(argc > 3 ? std::stoul(argv[3]) : 20);
    for (auto& t : times) {
        auto const start = std::chrono::steady_clock::now();
        reference.run(inputs);
        t = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    }
    std::sort(times.begin(), times.end());
    std::printf("{\"min_ms\": %.4f, \"median_ms\": %.4f}\n", times.front(), times[times.size() / 2]);
} catch (std::exception const& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 1;
}
