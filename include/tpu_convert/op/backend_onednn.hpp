// Convolution and matrix product in float at speed. The only user of oneDNN.
#pragma once
#include <memory>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/op/fused_relu.hpp>
#include <tpu_convert/op/kernel/matrix.hpp>
#include <tpu_convert/op/kernel/window.hpp>

namespace tpu_convert::backend {

// Filters that do not change, in the order that primitives want them. Threads share them; the data must stay where it is.
class filters {
public:
    filters();
    ~filters();
    filters(filters const&) = delete;
    filters& operator=(filters const&) = delete;
    // Before any session uses them.
    void add(float const* data);

    struct state;
    std::unique_ptr<state> own;
};

// What one thread prepares once for a network: primitives. Its filters may be those of other sessions too.
class session {
public:
    explicit session(std::shared_ptr<filters> constants);
    ~session();
    session(session const&) = delete;
    session& operator=(session const&) = delete;

    struct state;
    std::unique_ptr<state> own;
};

// The session that calls of this thread use; without one nothing is kept.
class session_scope {
public:
    explicit session_scope(session& s);
    ~session_scope();
    session_scope(session_scope const&) = delete;
    session_scope& operator=(session_scope const&) = delete;

private:
    session* outer_;
};

// Calls of this thread use no further threads, for programs that run several evaluators side by side.
void compute_alone();

// Of a convolution, or of the transpose of the convolution that `w` describes; operands as in kernel/window.hpp.
struct convolution_call {
    kernel::window w;
    kernel::channels c;
    bool transposed;
    bool channels_last; // x and y are [N, H, W, C]; only with depth 1
    fused_relu relu;
    float const* x;
    float const* filter;
    float const* bias; // may be null
    float* y;
};
void convolution(convolution_call const& call);
// Images [N, C, H, W] to [N, H, W, C], or back; dims are [N, C, H, W].
void turn(shape const& dims, float const* from, float* to, bool to_channels_last);
void matrix_product(kernel::matrix_sizes const& m, float const* left, float const* right, float* y);

} // namespace tpu_convert::backend

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/op/backend_onednn.inl>
#endif
