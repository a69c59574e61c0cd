#pragma once
#include <tpu_convert/simulate/clock_matrix.hpp>

namespace tpu_convert::simulate {

namespace detail {

TPU_CONVERT_INLINE charge with_products(clock_figures const& f, double cycles, double products, std::uint32_t bytes) {
    return {cycles, products, products / f.array.products[width_index(bytes)], 0, 0};
}

} // namespace detail

// Narrow types: the array forms `outputs` pixels of `lanes` channels from `channels` inputs at once. float32 goes through the
// vector units, one input channel at a time.
TPU_CONVERT_INLINE charge charge_conv(clock_figures const& f, conv_work const& w) {
    auto const& a = f.array;
    double const rows = w.result.n * channel_rows(a, w.result.c, w.result.address);
    double const pixels = w.bytes == 4 ? parts(w.result.plane * w.bytes, a.vector_bytes) : parts(w.result.plane, a.outputs);
    double const steps = w.taps * parts(w.input_channels, a.channels[width_index(w.bytes)]);
    double const products = w.result.n * w.result.c * w.result.plane * w.taps * w.input_channels;
    return detail::with_products(f, rows * pixels * steps + f.start_up.conv, products, w.bytes);
}

TPU_CONVERT_INLINE charge charge_matmul2(clock_figures const& f, matmul_work const& w) {
    auto const& a = f.array;
    double const start = w.form == matmul_form::nn   ? f.start_up.mm2_nn
                         : w.form == matmul_form::nt ? f.start_up.mm2_nt
                                                     : f.start_up.mm2_tt;
    double const cycles = channel_rows(a, w.rows, w.result_address) * parts(w.columns, a.outputs) *
                          parts(w.inner, a.channels[width_index(w.bytes)]);
    return detail::with_products(f, cycles + start, w.rows * w.columns * w.inner, w.bytes);
}

TPU_CONVERT_INLINE charge charge_matmul(clock_figures const& f, matmul_work const& w) {
    local_shape const columns{1, w.column_channels, w.columns, w.result_address, w.bytes};
    return detail::with_products(f, w.rows * w.inner * vector_pass(f.array, columns) + f.start_up.mm,
                                 w.rows * w.inner * w.columns * w.column_channels, w.bytes);
}

// Pooling uses the vector units; its products do not count as the array's.
TPU_CONVERT_INLINE charge charge_pool(clock_figures const& f, pool_work const& w) {
    return {vector_pass(f.array, w.result) * w.taps * f.pool_factor + f.start_up.pool, 0, 0, 0, 0};
}

} // namespace tpu_convert::simulate
