// Writes the networks of tests/unit/kernel_cases.hpp as .bmodel files with their inputs into a folder, for record_kernels.py.
#include "../unit/kernel_cases.hpp"
#include <iostream>
#include <tpu_convert/model_file/bmodel/writer.hpp>

using namespace tpu_convert;
using namespace tpu_convert::test;

int main(int argc, char** argv) {
    if (argc < 2 || argc > 3) {
        std::cerr << "usage: record_kernels FOLDER [FIRST_CASE]\n";
        return 2;
    }
    auto const cases = all_kernel_cases();
    for (std::size_t i = argc > 2 ? std::stoul(argv[2]) : 0; i < cases.size(); ++i)
        for (auto const t : types_of(cases[i])) {
            std::string const stem = std::string(argv[1]) + "/" + stem_of(i, cases[i], t);
            try {
                kernel_network const n = make_network(cases[i], t);
                bmodel::write(compile(n, t), stem + ".bmodel");
                write_npz(stem + "_in.npz", n.inputs);
            } catch (std::exception const& e) {
                std::cerr << stem << ": " << e.what() << "\n";
            }
        }
    return 0;
}
