// Runs one program of a .cvimodel file on the machine of its chip, from the file's bytes alone.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/io/npz.hpp>
#include <tpu_convert/model_file/cvimodel/file.hpp>
#include <tpu_convert/simulate/queue.hpp>
#include <tpu_convert/simulate/run_result.hpp>
#include <vector>

namespace tpu_convert::simulate {

struct cvimodel_run_options {
    order run_order = order::eager_tiu;
    bool checks = true;
    bool raw = false; // outputs as they are stored; otherwise float32
    std::size_t program = 0;
    std::uint8_t fill = 0;           // what local memory holds at the start
    std::vector<memory_tensor> also; // read as they are stored, beside the outputs
};

// Inputs by name; one array serves a program with one input whatever its name. An array of the tensor's own type is taken as it
// is, float32 is quantized: x * qscale to the nearest, half to even, saturated.
run_result run_cvimodel(cvimodel::file const& file, npz const& inputs, cvimodel_run_options const& options = {});

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/run_cvimodel.inl>
#endif
