// What sliding windows of commands can encode.
#pragma once
#include <tpu_convert/chip/cv18xx/emit/arithmetic.hpp>
#include <tpu_convert/chip/cv18xx/emit/window.hpp>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/lower/kernel_plan.hpp>
#include <tpu_convert/lower/packed_weights.hpp>

namespace tpu_convert::cv18xx_lowering {

using namespace windows;

// Sizes in commands have 12 bits.
inline constexpr std::int64_t size_limit = 4095;

inline std::array<cut_rule, 4> limited_cuts() {
    cut_rule const size{true, 1, size_limit};
    return {size, size, size, size};
}

inline void check_window(std::string const& name, window const& w, std::int64_t most_stride) {
    auto const limit = [&](std::int64_t v, std::int64_t most, char const* what) {
        if (v < 0 || v > most)
            throw model_error{error_code::lowering_missing, name,
                              std::string(what) + " " + std::to_string(v) + " is not within 0.." + std::to_string(most) +
                                  " that the chip encodes; cut before it with --output_names"};
    };
    for (auto p : w.pads) limit(p, 15, "padding");
    limit(w.stride_h, most_stride, "stride"), limit(w.stride_w, most_stride, "stride");
    limit(w.dilation_h, 16, "dilation"), limit(w.dilation_w, 16, "dilation");
    limit(w.insert_h, 14, "insertion"), limit(w.insert_w, 14, "insertion");
    limit(w.kernel_h, size_limit, "kernel"), limit(w.kernel_w, size_limit, "kernel");
}

inline void check_types(lowering_context const& c, dtype wanted, std::initializer_list<value const*> values) {
    for (auto const* v : values)
        if (v->type != wanted)
            throw model_error{error_code::lowering_missing, c.name,
                              v->name + " is " + std::string(info(v->type).name) + "; the chip has this operator for " +
                                  std::string(info(wanted).name)};
}
inline void check_integers(lowering_context const& c, std::initializer_list<value const*> values) {
    check_types(c, dtype::i8, values);
}
// One type for all, of the two that the chip has.
inline dtype common_type(lowering_context const& c) {
    dtype const t = c.results[0]->type == dtype::bf16 ? dtype::bf16 : dtype::i8;
    for (auto const* o : c.operands)
        if (o) check_types(c, t, {o});
    check_types(c, t, {c.results[0]});
    return t;
}

} // namespace tpu_convert::cv18xx_lowering
