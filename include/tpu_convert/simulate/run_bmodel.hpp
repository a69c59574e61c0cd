// Runs one stage of a .bmodel file on the machine of its chip, from the file's bytes alone.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/core/dtype.hpp>
#include <tpu_convert/core/shape.hpp>
#include <tpu_convert/io/npz.hpp>
#include <tpu_convert/model_file/bmodel/file.hpp>
#include <tpu_convert/simulate/queue.hpp>
#include <tpu_convert/simulate/run_result.hpp>
#include <vector>

namespace tpu_convert::simulate {

struct bmodel_run_options {
    std::span<std::byte const> coefficients; // instead of those in the file
    order run_order = order::eager_tiu;
    bool checks = true;
    bool raw = false; // outputs as they are stored; otherwise float32: (y - zero point) * scale
    std::string net;  // empty: the first
    std::size_t stage = 0;
    std::uint8_t fill = 0;           // what local memory holds at the start
    std::vector<memory_tensor> also; // read as float32 beside the outputs
};

// Inputs by name, others are left out; one array serves a net with one input whatever its name. An array of the tensor's own type
// is taken as it is, real numbers are quantized: round(x * scale) + zero point, half away from zero, saturated.
run_result run_bmodel(bmodel::file const& file, npz const& inputs, bmodel_run_options const& options = {});

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/run_bmodel.inl>
#endif
