// What the CV18xx family rewrites before its nodes are planned: forms that no command has become several nodes.
#pragma once
#include <tpu_convert/chip/cv18xx/chip.hpp>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/graph/graph.hpp>
#include <tpu_convert/pass/wide_windows.hpp>
#include <tpu_convert/schedule/graph_preparation.hpp>

namespace tpu_convert {

namespace cv18xx_rewrite {

void prepare(graph& g, pass::window_limits const& windows);

} // namespace cv18xx_rewrite

template <cv18xx_chip Chip>
struct graph_preparation<Chip> {
    // Depthwise convolutions of integers have no dilation: the C-model leaves it out, but that of the CV183x.
    static void run(graph& g) {
        cv18xx_rewrite::prepare(g, {.stride = Chip::most_stride,
                                    .dilation = 16,
                                    .depthwise_integer_dilation = 1,
                                    .channels = 4095,
                                    .lanes = Chip::lanes,
                                    .lane_bytes = Chip::lane_memory_bytes,
                                    .float32 = false});
    }
};

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/chip/cv18xx/preparation.inl>
#endif
