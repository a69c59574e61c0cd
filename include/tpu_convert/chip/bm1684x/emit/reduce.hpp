// Sums, maxima and products along h and w of a local tensor.
#pragma once
#include <tpu_convert/chip/bm1684x/emit/multiply_accumulate.hpp>
#include <tpu_convert/core/config.hpp>

namespace tpu_convert::bm1684x_emit {

// Which axes go down to one element.
struct reduced_axes {
    bool h = false, w = false;

    dims4 of(dims4 d) const {
        if (h) d[2] = 1;
        if (w) d[3] = 1;
        return d;
    }
    std::int64_t length(dims4 const& d) const { return (h ? d[2] : 1) * (w ? d[3] : 1); }
};

// x and dst are aligned and of one type; dst has one element along the reduced axes.
void reduce_max(builder& b, local_tensor const& dst, local_tensor const& x, reduced_axes axes);
// The sum times `factor`, in float32.
void reduce_sum(builder& b, local_tensor const& dst, local_tensor const& x, reduced_axes axes, double factor = 1);
// Uses x up.
void reduce_product(builder& b, local_tensor const& dst, local_tensor const& x, reduced_axes axes);
// Running sums along the one axis that is set; dst and spare have x's dims, all three are float32 and x is used up.
void running_sum(builder& b, local_tensor const& dst, local_tensor const& x, local_tensor const& spare, reduced_axes axes);

} // namespace tpu_convert::bm1684x_emit

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/chip/bm1684x/emit/reduce.inl>
#endif
