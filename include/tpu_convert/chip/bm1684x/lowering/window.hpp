// What sliding windows of commands can encode, and what follows them.
#pragma once
#include <string>
#include <tpu_convert/chip/bm1684x/emit/multiply_accumulate.hpp>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/lower/kernel_plan.hpp>

namespace tpu_convert::bm1684x_lowering {

using bm1684x_emit::builder;
using namespace windows;

// Fields of strides, pads and insertion have four bits.
inline void check_window(std::string const& name, window const& w) {
    auto const limit = [&](std::int64_t v, std::int64_t most, char const* what) {
        if (v < 0 || v > most)
            throw model_error{error_code::lowering_missing, name,
                              std::string(what) + " " + std::to_string(v) + " is not within 0.." + std::to_string(most) +
                                  " that bm1684x encodes; cut before it with --output_names"};
    };
    for (auto p : w.pads) limit(p, 15, "padding");
    limit(w.stride_h, 15, "stride"), limit(w.stride_w, 15, "stride");
    limit(w.dilation_h, 15, "dilation"), limit(w.dilation_w, 15, "dilation");
    limit(w.insert_h, 14, "insertion"), limit(w.insert_w, 14, "insertion");
    limit(w.kernel_h, 65535, "kernel"), limit(w.kernel_w, 65535, "kernel");
}

// Integers that windows and products run over have 8 bits.
inline void check_bytes(lowering_context const& c, std::size_t operand) {
    dtype const t = c.operands[operand]->type;
    if (is_float(t) || bytes_of(t) == 1) return;
    throw model_error{error_code::lowering_missing, c.name,
                      "it reads " + std::string(info(t).name) + "; bm1684x has this operator for floats and 8-bit integers"};
}

// relu_limit <= 0: no upper bound.
inline void apply_relu(builder& b, local_tensor const& t, double relu_limit) {
    bm1684x_emit::max(b, t, t, 0.0);
    if (relu_limit > 0) bm1684x_emit::min(b, t, t, relu_limit);
}

} // namespace tpu_convert::bm1684x_lowering
