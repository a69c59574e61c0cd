// What a report says about one conversion; html.hpp and json.hpp write it.
#pragma once
#include <optional>
#include <string>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/core/shape.hpp>
#include <tpu_convert/report/compare.hpp>
#include <vector>

namespace tpu_convert {

class graph;

namespace report {

// A result of a node, in the order of execution.
struct page_tensor {
    std::string name, operation; // operation: "Conv", or "input"
    shape dims;
    std::vector<std::size_t> operands; // positions in page::tensors
    bool is_output = false;
    std::optional<similarity> close; // to the float reference
};

struct page_stage {
    std::string name;
    double seconds = 0;
};

// A line of the summary: "accuracy on the chip", "98.0 %".
struct page_figure {
    std::string label, value;
};

struct page {
    std::string title;
    std::vector<page_figure> figures;
    std::vector<page_stage> stages;
    std::vector<page_tensor> tensors;
};

// The network as far as a graph tells: weights are left out.
std::vector<page_tensor> tensors_of(graph const& network);

} // namespace report
} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/report/page.inl>
#endif
