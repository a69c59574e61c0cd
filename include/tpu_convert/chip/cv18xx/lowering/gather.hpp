// Gather at constant positions: copies.
#pragma once
#include <tpu_convert/chip/cv18xx/chip.hpp>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/lower/lowering.hpp>
#include <tpu_convert/lower/movement/take_rows.hpp>

namespace tpu_convert {

template <cv18xx_chip Chip>
struct lowering<op::gather, Chip> {
    static copy_plan plan(op::gather::attributes const& a, lowering_context const& c) {
        if (!c.payloads[1])
            throw model_error{error_code::lowering_missing, c.name, "computed positions; the chip has no gather command"};
        auto const g = movement::rows_along(c.operands[0]->dims, a.axis, element_count(c.operands[1]->dims));
        return movement::take_rows(g, *c.payloads[1]);
    }
};

} // namespace tpu_convert
