// What the CV18xx family rewrites before its nodes are planned: forms that no command has become several nodes.
#pragma once
#include <tpu_convert/chip/cv18xx/chip.hpp>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/graph/graph.hpp>
#include <tpu_convert/schedule/graph_preparation.hpp>

namespace tpu_convert {

namespace cv18xx_rewrite {

void prepare(graph& g);

} // namespace cv18xx_rewrite

template <cv18xx_chip Chip>
struct graph_preparation<Chip> {
    static void run(graph& g) { cv18xx_rewrite::prepare(g); }
};

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/chip/cv18xx/preparation.inl>
#endif
