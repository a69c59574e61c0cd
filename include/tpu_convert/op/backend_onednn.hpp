// Convolution and matrix product in float at speed. The only user of oneDNN.
#pragma once
#include <memory>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/op/fused_relu.hpp>
#include <tpu_convert/op/kernel/matrix.hpp>
#include <tpu_convert/op/kernel/window.hpp>

namespace tpu_convert::backend {

// What is prepared once for the constants of a network. They must stay where they are as long as it lives.
class session {
public:
    session();
    ~session();
    void add_constant(float const* data);

    struct state;
    std::unique_ptr<state> own;
};

// The session that calls of this thread use; without one nothing is kept.
class session_scope {
public:
    explicit session_scope(session& s);
    ~session_scope();

private:
    session* outer_;
};

void convolution(kernel::window const& w, kernel::channels const& c, float const* x, float const* filter, float const* bias,
                 fused_relu const& relu, float* y);
void transposed_convolution(kernel::window const& w, kernel::channels const& c, float const* x, float const* filter,
                            float const* bias, float* y);
void matrix_product(kernel::matrix_sizes const& m, float const* left, float const* right, float* y);

} // namespace tpu_convert::backend

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/op/backend_onednn.inl>
#endif
