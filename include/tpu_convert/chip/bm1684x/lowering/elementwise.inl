#pragma once
#include <algorithm>
#include <tpu_convert/chip/bm1684x/lowering/elementwise.hpp>

namespace tpu_convert::bm1684x_lowering {

namespace detail {

inline void check_type(lowering_context const& c, value const& v) {
    if (bytes_of(v.type) > 4)
        throw model_error{error_code::lowering_missing, c.name,
                          v.name + " is " + std::string(info(v.type).name) + ", and bm1684x computes on at most 32 bits"};
}

} // namespace detail

TPU_CONVERT_INLINE element_operands element_plan(body_profile const& profile, lowering_context const& c) {
    element_operands made;
    std::vector<shape> shapes;
    std::int64_t bytes = static_cast<std::int64_t>(bytes_of(c.results[0]->type));
    made.input_of.resize(profile.used.size());
    detail::check_type(c, *c.results[0]);
    for (std::size_t i = 0; i < profile.used.size(); ++i) {
        if (!profile.used[i]) continue;
        if (i >= c.operands.size() || !c.operands[i])
            throw model_error{error_code::lowering_missing, c.name, "operand " + std::to_string(i) + " is needed and not given"};
        detail::check_type(c, *c.operands[i]);
        made.input_of[i] = made.plan.inputs.size();
        made.plan.inputs.push_back({i, {}, c.operands[i]->type});
        shapes.push_back(c.operands[i]->dims);
        bytes = std::max(bytes, static_cast<std::int64_t>(bytes_of(c.operands[i]->type)));
    }
    broadcast_views const v = c.planes ? plane_views(c.name, c.results[0]->dims, shapes)
                                       : arrange(c.name, joint_axes(c.results[0]->dims, shapes), bytes);
    for (std::size_t k = 0; k < made.plan.inputs.size(); ++k) made.plan.inputs[k].global = v.in[k];
    made.plan.outputs = {{0, v.out, c.results[0]->type}};
    made.plan.cuts = free_cuts();
    made.plan.input_box = [in = v.in](std::size_t i, box const& out) { return broadcast_box(in[i], out); };
    return made;
}

} // namespace tpu_convert::bm1684x_lowering
