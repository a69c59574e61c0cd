// How long a program of a .cvimodel file takes on its chip, from the file's bytes alone. Functions of the processor are left out.
#pragma once
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/model_file/cvimodel/file.hpp>
#include <tpu_convert/simulate/clock_bmodel.hpp>

namespace tpu_convert::simulate {

// By the vendor's model of cycles, whatever the calibration: nothing was measured on these chips.
bmodel_time time_cvimodel(cvimodel::file const& file, std::size_t program = 0);

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/clock_cvimodel.inl>
#endif
