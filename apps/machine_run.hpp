// A chip's file executed by the machine of its chip.
#pragma once
#include "command.hpp"
#include "inputs.hpp"
#include <cstdint>
#include <string>
#include <tpu_convert/schedule/deploy.hpp>
#include <tpu_convert/simulate/run_bmodel.hpp>
#include <vector>

namespace tpu_convert::apps {

struct machine_settings {
    std::string coeff;              // file of the weights' bytes; empty: the model file's own
    std::string order = "eager-tiu"; // or eager-dma
    bool checks = true;
    bool raw = false;               // integer outputs as they are stored
    std::vector<deployed_tensor> also; // tensors to read from memory at the end, beside the outputs
};

// Of the file's first network. Throws file_damaged.
std::vector<input_port> ports_of(bmodel::file const& file);
std::vector<input_port> ports_of(cvimodel::file const& file);
// Arrays by input name, or the only one.
simulate::run_result run_machine(std::string const& file, npz const& inputs, machine_settings const& settings);
// run for a .bmodel file.
void run_bmodel_file(arguments const& a);
// run for a .cvimodel file.
void run_cvimodel_file(arguments const& a);

} // namespace tpu_convert::apps
