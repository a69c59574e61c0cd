// What a report says about one conversion; html.hpp and json.hpp write it.
#pragma once
#include <optional>
#include <string>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/core/shape.hpp>
#include <tpu_convert/report/compare.hpp>
#include <tpu_convert/schedule/memory_plan.hpp>
#include <vector>

namespace tpu_convert {

class graph;

namespace report {

// What calibration said of a tensor, against the float network's values.
struct page_range {
    double threshold = 0, min = 0, max = 0;
    double clipped = 0;               // share of the values that lie outside
    double clip_noise = 0;            // energy that clipping takes away, as a share of the tensor's
    double step = 0, round_noise = 0; // distance of two stored values; energy of rounding to them, as a share
    double largest = 0, typical = 0;  // largest magnitude and root mean square of the float values
};

// A result of a node, in the order of execution.
struct page_tensor {
    std::string name, operation; // operation: "Conv", or "input"
    shape dims;
    std::vector<std::size_t> operands; // positions in page::tensors
    bool is_output = false;
    std::optional<similarity> close; // to the float reference
    std::optional<page_range> range{};
    double loss = 0; // by how much its cosine lies below the lowest of its operands', as far as its users see it
};

struct page_stage {
    std::string name;
    double seconds = 0;
};

// A node of the network on the chip: its commands' places in the two streams, and the clock's estimate.
struct page_layer {
    std::string name, operation;
    std::size_t tiu_first = 0, tiu_count = 0, gdma_first = 0, gdma_count = 0;
    double microseconds = 0; // by how much it makes the whole longer
};

// A line of the summary: "accuracy on the chip", "98.0 %".
struct page_figure {
    std::string label, value;
};

// How often values of a tensor fall into equal parts of [low, high]; lines mark what calibration keeps.
struct page_histogram {
    std::string tensor;
    double low = 0, high = 0;
    std::vector<std::size_t> counts;
    std::vector<double> lines;
};

struct page_picture {
    std::string caption, media_type, base64;
};

struct page {
    std::string title;
    std::vector<page_figure> figures;
    std::vector<page_stage> stages;
    std::vector<page_tensor> tensors;
    std::string finding{}; // a sentence about what fell below its limit
    std::vector<page_histogram> histograms{};
    std::vector<page_picture> pictures{};
    std::vector<page_layer> layers{}; // in order of execution
    memory_plan memory{};             // by positions in layers
};

// The network as far as a graph tells: weights are left out.
std::vector<page_tensor> tensors_of(graph const& network);

} // namespace report
} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/report/page.inl>
#endif
