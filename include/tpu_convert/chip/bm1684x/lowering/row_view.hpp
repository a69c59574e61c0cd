// How operators that work along axes lie in the lanes: the reduced axes on h and w, what is kept on n and c (and w).
#pragma once
#include <string>
#include <tpu_convert/chip/bm1684x/emit/reduce.hpp>
#include <tpu_convert/chip/bm1684x/lowering/broadcast_view.hpp>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/lower/kernel_plan.hpp>
#include <vector>

namespace tpu_convert::bm1684x_lowering {

using bm1684x_emit::reduced_axes;

struct row_views {
    view whole;   // of the operand, and of a result of its shape
    view reduced; // of a dense result with one element for each row
    reduced_axes axes;

    // View of a dense result whose (one) axis has `to` elements instead of `from`.
    view shortened(std::int64_t from, std::int64_t to) const;
};

// reduced[i]: axis i is. element_bytes: of the type in memory. Throws if axes alternate too often.
row_views make_row_views(std::string const& name, shape const& dims, std::vector<bool> const& reduced,
                         std::int64_t element_bytes);

// Of an element of the result.
inline std::int64_t memory_bytes(lowering_context const& c) { return static_cast<std::int64_t>(bytes_of(c.results[0]->type)); }

// Any cut but along the reduced axes.
std::array<cut_rule, 4> row_cuts(reduced_axes axes);
// The box grown to all of the reduced axes.
box whole_rows(row_views const& v, box b);

} // namespace tpu_convert::bm1684x_lowering

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/chip/bm1684x/lowering/row_view.inl>
#endif
