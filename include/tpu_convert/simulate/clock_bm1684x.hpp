// The cost of every command of the BM1684X.
#pragma once
#include <tpu_convert/chip/bm1684x/commands.hpp>
#include <tpu_convert/chip/bm1684x/timing.hpp>
#include <tpu_convert/core/type_list.hpp>
#include <tpu_convert/simulate/clock.hpp>
#include <tpu_convert/simulate/clock_dma.hpp>
#include <tpu_convert/simulate/clock_matrix.hpp>
#include <tpu_convert/simulate/clock_movement.hpp>
#include <tpu_convert/simulate/clock_vector.hpp>

namespace tpu_convert::simulate {

template <class Command, class... Commands>
concept among = contains<type_list<Commands...>, Command>;

using timed_bm1684x = timed<bm1684x>;

template <among<bm1684x::commands::conv, bm1684x::commands::conv_short> Command>
charge charge_of(timed_bm1684x t, Command const& c) {
    return charge_conv(t.figures, read_conv_work(c));
}
template <among<bm1684x::commands::mm, bm1684x::commands::mm_short> Command>
charge charge_of(timed_bm1684x t, Command const& c) {
    return charge_matmul(t.figures, read_matmul_work(c));
}
template <among<bm1684x::commands::mm2, bm1684x::commands::mm2_short> Command>
charge charge_of(timed_bm1684x t, Command const& c) {
    return charge_matmul2(t.figures, read_matmul2_work(c));
}
template <among<bm1684x::commands::pord, bm1684x::commands::pord_short> Command>
charge charge_of(timed_bm1684x t, Command const& c) {
    return charge_pool(t.figures, read_pool_work(c));
}
template <among<bm1684x::commands::ar, bm1684x::commands::ar_short> Command>
charge charge_of(timed_bm1684x t, Command const& c) {
    return charge_vector(t.figures, read_arithmetic_work(t.figures, c));
}
template <among<bm1684x::commands::cmp, bm1684x::commands::cmp_short> Command>
charge charge_of(timed_bm1684x t, Command const& c) {
    return charge_vector(t.figures, read_compare_work(t.figures, c));
}
template <among<bm1684x::commands::lin, bm1684x::commands::lin_short> Command>
charge charge_of(timed_bm1684x t, Command const& c) {
    return charge_vector(t.figures, read_linear_work(t.figures, c));
}
template <among<bm1684x::commands::rqdq, bm1684x::commands::rqdq_short> Command>
charge charge_of(timed_bm1684x t, Command const& c) {
    return charge_vector(t.figures, read_requant_work(t.figures, c));
}
template <among<bm1684x::commands::sfu, bm1684x::commands::sfu_short> Command>
charge charge_of(timed_bm1684x t, Command const& c) {
    return charge_vector(t.figures, read_special_work(t.figures, c));
}
template <among<bm1684x::commands::vc, bm1684x::commands::vc_short> Command>
charge charge_of(timed_bm1684x t, Command const& c) {
    return charge_vector(t.figures, read_correlation_work(c));
}
inline charge charge_of(timed_bm1684x t, bm1684x::commands::lar const& c) {
    return charge_vector(t.figures, read_line_work(c));
}
template <among<bm1684x::commands::trans_bc, bm1684x::commands::trans_bc_short> Command>
charge charge_of(timed_bm1684x t, Command const& c) {
    return charge_move(t.figures, read_move_work(c));
}
template <among<bm1684x::commands::sg, bm1684x::commands::sg_short, bm1684x::commands::sgl, bm1684x::commands::sgl_short> Command>
charge charge_of(timed_bm1684x t, Command const& c) {
    return charge_pick(t.figures, read_pick_work(c));
}

inline charge charge_of(timed_bm1684x t, bm1684x::commands::dma_tensor const& c) {
    return charge_dma(t.figures, read_dma_tensor_work<bm1684x>(c));
}
template <among<bm1684x::commands::dma_gather, bm1684x::commands::dma_scatter> Command>
charge charge_of(timed_bm1684x t, Command const& c) {
    return charge_dma(t.figures, read_dma_gather_work<bm1684x>(c));
}
inline charge charge_of(timed_bm1684x t, bm1684x::commands::dma_matrix const& c) {
    return charge_dma(t.figures, read_dma_bytes_work<bm1684x>(c, dma_kind::matrix));
}
inline charge charge_of(timed_bm1684x t, bm1684x::commands::dma_general const& c) {
    return charge_dma(t.figures, read_dma_bytes_work<bm1684x>(c, dma_kind::tensor));
}
inline charge charge_of(timed_bm1684x t, bm1684x::commands::dma_cw_transpose const& c) {
    return charge_dma(t.figures, read_dma_bytes_work<bm1684x>(c, dma_kind::tensor));
}

// Ends and synchronisation points take no time of their own.
inline charge charge_of(timed_bm1684x, bm1684x::commands::sys const&) { return {}; }
inline charge charge_of(timed_bm1684x, bm1684x::commands::dma_sys const&) { return {}; }

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/clock.inl>
#else
namespace tpu_convert::simulate {
extern template class clock<bm1684x>;
}
#endif
