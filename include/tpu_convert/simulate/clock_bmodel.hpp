// How long one stage of a .bmodel file takes on its chip, from the file's bytes alone.
#pragma once
#include <cstdint>
#include <string>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/model_file/bmodel/file.hpp>
#include <tpu_convert/simulate/clock.hpp>
#include <vector>

namespace tpu_convert::simulate {

struct bmodel_time {
    std::string chip, net;
    clock_rates by = clock_rates::silicon;
    double hertz = 1;
    double cycles = 0;
    double memory_peak = 1; // bytes in a cycle
    std::vector<timed_command> commands; // in order of their start
    std::uint64_t weight_bytes = 0, input_bytes = 0, output_bytes = 0;

    double seconds(double of) const { return of / hertz; }
};

// Of the first net's first stage if nothing else is said.
bmodel_time time_bmodel(bmodel::file const& file, clock_rates by, std::string const& net = {}, std::size_t stage = 0);

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/clock_bmodel.inl>
#endif
