// The element-wise operators, all from their bodies.
#pragma once
#include <cmath>
#include <tpu_convert/chip/bm1684x/lowering/broadcast_view.hpp>
#include <tpu_convert/chip/bm1684x/lowering/elementwise_sink.hpp>
#include <tpu_convert/lower/lowering.hpp>
#include <tpu_convert/op/div.hpp>
#include <type_traits>

namespace tpu_convert {

namespace bm1684x_lowering {

inline bool holds_exactly(dtype t, double v) {
    float const f = static_cast<float>(v);
    switch (t) {
    case dtype::f16: return f16_to_f32(f32_to_f16(f)) == f;
    case dtype::bf16: return bf16_to_f32(f32_to_bf16(f)) == f;
    case dtype::i32: return v == std::floor(v) && std::fabs(v) < 0x1p31;
    default: return true;
    }
}

// The tensors' own type where that costs no accuracy, else float32.
inline dtype body_type(body_profile const& p, lowering_context const& c) {
    dtype const t = c.results[0]->type;
    bool own = !p.special && (t == dtype::i32 || (is_float(t) && p.roundings <= 1));
    for (std::size_t i = 0; i < p.used.size(); ++i) own = own && (!p.used[i] || c.operands[i]->type == t);
    for (double v : p.constants) own = own && holds_exactly(t, v);
    return own ? t : dtype::f32;
}

// Views and types of the operands that the body reads, in order of use.
struct element_operands {
    kernel_plan<bm1684x> plan;
    std::vector<std::size_t> input_of; // by argument
};
element_operands element_plan(body_profile const& p, lowering_context const& c);

} // namespace bm1684x_lowering

template <elementwise_operation Op>
struct lowering<Op, bm1684x> {
    static kernel_plan<bm1684x> plan(typename Op::attributes const& a, lowering_context const& c) {
        using namespace bm1684x_lowering;
        profile_sink look;
        Op::body::lower(a, look);
        body_profile profile = look.profile();
        bool const divides = std::is_same_v<Op, op::div> && c.results[0]->type == dtype::f32; // 1/1 is 1, and may be cut behind
        profile.floors |= divides || !is_float(c.results[0]->type);
        dtype const type = body_type(profile, c);
        auto [p, input_of] = element_plan(profile, c);
        p.emit = [profile, type, a, input_of](bm1684x_emit::builder& b, tile const& t) {
            std::vector<local_tensor> inputs(input_of.size());
            for (std::size_t i = 0; i < inputs.size(); ++i)
                if (profile.used[i]) inputs[i] = t.inputs[input_of[i]];
            element_sink sink(b, profile, type, std::move(inputs), t.outputs[0]);
            sink.finish(Op::body::lower(a, sink), fused_relu_of(a));
        };
        return p;
    }
};

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/chip/bm1684x/lowering/elementwise.inl>
#endif
