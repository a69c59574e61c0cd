// Writes the networks of tests/unit/kernel_cases.hpp that the CV18xx family runs in BF16 as .cvimodel files with their inputs
// into a folder, for record_kernels.py; says how far the machine's results are from the reference.
#include "../unit/cv18xx_kernel.hpp"
#include "../unit/kernel_cases.hpp"
#include <iostream>
#include <tpu_convert/model_file/cvimodel/writer.hpp>

using namespace tpu_convert;
using namespace tpu_convert::test;

namespace {

template <class Chip>
void write_one(std::string const& folder, std::size_t index, kernel_case const& c) {
    std::string const name = cv18xx_stem<Chip>(index, c), stem = folder + "/" + name;
    try {
        kernel_network const n = make_network(c, dtype::bf16);
        auto const file = compile_cv18xx<Chip>(n);
        auto const run = simulate::run_cvimodel(file, n.inputs, {});
        kernel_result r;
        for (std::size_t k = 0; k < n.expected.size(); ++k)
            measure(dtype::bf16, to_tensor(run.outputs.at("out" + std::to_string(k))), n.expected[k], r);
        cvimodel::write(file, stem + ".cvimodel");
        npz given = n.inputs;
        for (std::size_t k = 0; k < c.operands.size(); ++k)
            if (c.operands[k].type == dtype::i32 && !c.operands[k].weight)
                given.set("in" + std::to_string(k), from_tensor(n.values[k], dtype::i32));
        write_npz(stem + "_in.npz", given);
        std::cout << name << " " << r.ulps << (run.hazards.empty() ? "\n" : " hazards\n");
    } catch (std::exception const& e) {
        std::cout << name << " refused: " << e.what() << "\n";
    }
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: record_cv18xx FOLDER\n";
        return 2;
    }
    auto const cases = all_kernel_cases();
    for (std::size_t i = 0; i < cases.size(); ++i)
        if (has_cv18xx_form(cases[i]))
            for_each(recorded_chips{}, [&]<class Chip>(std::type_identity<Chip>) { write_one<Chip>(argv[1], i, cases[i]); });
    return 0;
}
