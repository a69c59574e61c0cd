// From the imported graph to the float graph that is calibrated, quantized and scheduled.
#pragma once
#include <functional>
#include <string_view>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/graph/graph.hpp>

namespace tpu_convert {

struct transform_options {
    bool verify = true;                                              // the graph's invariants after each pass
    std::function<void(std::string_view pass, std::size_t nodes)> log; // after each pass
};

graph transform_graph(graph g, transform_options const& options = {});

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/pass/pipeline.inl>
#include <tpu_convert/pass/passes.inl>
#endif
