// Where a quantized network loses accuracy: each tensor against the float network's, by calibrated range.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/core/tensor_fwd.hpp>
#include <tpu_convert/report/compare.hpp>
#include <tpu_convert/report/page.hpp>
#include <vector>

namespace tpu_convert::report {

struct stored_range {
    double threshold = 0, min = 0, max = 0; // of the calibration table
    double low = 0, high = 0;               // real values that the stored type reaches
    double step = 0;                        // between neighbours
};

struct accuracy_data {
    std::map<std::string, tensor> const& real;      // the float network's tensors
    std::map<std::string, tensor> const& quantized; // the same tensors of the quantized network, as real numbers
    std::map<std::string, stored_range> ranges;     // of those that are stored as integers
};

// Fills in `close`, `range` and `loss` of the page's tensors, and histograms of the `pictures` tensors that lose most.
void add_accuracy(page& p, accuracy_data const& data, std::size_t pictures = 8);

// Positions in page::tensors by falling loss; those without any loss are left out.
std::vector<std::size_t> greatest_losses(page const& p, std::size_t most);

namespace detail {
// 1 - cosine of each tensor as far as others see it: the error of one that no output holds counts no more than in its worst
// user. What a SiLU makes 0 of may be clipped.
std::vector<double> visible_errors(page const& p);
} // namespace detail

struct fall {
    std::size_t tensor = 0; // position in page::tensors
    std::string measured, cause, remedy;
    std::string culprit;    // the tensor whose operator should leave the integers

    std::string sentence(page const& p) const;
};
// The first tensor in the order of execution that is below the limits; none if all are within.
std::optional<fall> first_fall(page const& p, compare_rules const& limits);

} // namespace tpu_convert::report

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/report/accuracy.inl>
#include <tpu_convert/report/diagnosis.inl>
#endif
