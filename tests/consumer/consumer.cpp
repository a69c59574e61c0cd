// consumer NETWORK.onnx INPUT.npz : a program of its own that uses the installed project, with the library or header-only.
#include <cstdio>
#include <tpu_convert/chip/registry.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/io/npz.hpp>

int main(int argc, char** argv) try {
    if (argc != 3) return 2;
    for (auto const& [name, values] : tpu_convert::read_npz(argv[2]))
        std::printf("%s %s\n", name.c_str(), to_string(values.dims).c_str());
    return tpu_convert::is_chip("bm1684x") ? 0 : 1;
} catch (tpu_convert::model_error const& e) {
    std::fprintf(stderr, "%s\n", e.line().c_str());
    return 1;
}
