// oneDNN behind the reference.
#pragma once
#include <set>
#include <tpu_convert/op/backend_onednn.hpp>
#include <tpu_convert/op/kernel/elementwise.hpp>

namespace tpu_convert::backend {

struct session::state {
    std::set<float const*> constants;
};

namespace detail {
inline session*& current() {
    thread_local session* active = nullptr;
    return active;
}
} // namespace detail

TPU_CONVERT_INLINE session::session() : own(std::make_unique<state>()) {}
TPU_CONVERT_INLINE session::~session() = default;
TPU_CONVERT_INLINE void session::add_constant(float const* data) { own->constants.insert(data); }

TPU_CONVERT_INLINE session_scope::session_scope(session& s) : outer_(detail::current()) { detail::current() = &s; }
TPU_CONVERT_INLINE session_scope::~session_scope() { detail::current() = outer_; }

TPU_CONVERT_INLINE void convolution(kernel::window const& w, kernel::channels const& c, float const* x, float const* filter,
                                    float const* bias, fused_relu const& relu, float* y) {
    kernel::convolution(w, c, x, filter, bias, y);
    kernel::apply_relu(relu, y, c.batch * c.out * kernel::output_size(w));
}
TPU_CONVERT_INLINE void transposed_convolution(kernel::window const& w, kernel::channels const& c, float const* x,
                                               float const* filter, float const* bias, float* y) {
    kernel::transposed_convolution(w, c, x, filter, bias, y);
}
TPU_CONVERT_INLINE void matrix_product(kernel::matrix_sizes const& m, float const* left, float const* right, float* y) {
    kernel::matrix_product(m, left, right, y);
}

} // namespace tpu_convert::backend
