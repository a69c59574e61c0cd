#pragma once
#include <limits>
#include <tpu_convert/chip/bm1684x/lowering/elementwise_sink.hpp>

namespace tpu_convert::bm1684x_lowering {

TPU_CONVERT_INLINE element_sink::handle element_sink::argument(std::size_t i) {
    local_tensor const& x = inputs_[i];
    if (x.type == type_) return {x, nullptr};
    if (cast_[i].slot) return cast_[i];
    handle h = intermediate();
    if (x.dims != output_.dims) h.value.tensor = make_local<bm1684x>(h.value.tensor.address, x.dims, type_);
    bm1684x_emit::cast(b_, h.value.tensor, x);
    return cast_[i] = h;
}

// An address goes back to the free ones when its last handle does.
TPU_CONVERT_INLINE element_sink::handle element_sink::intermediate() {
    std::int64_t at = 0;
    if (free_->empty()) {
        at = b_.scratch(output_.dims, type_).address;
    } else {
        at = free_->back();
        free_->pop_back();
    }
    std::shared_ptr<std::int64_t> slot(new std::int64_t(at), [list = free_](std::int64_t* p) {
        list->push_back(*p);
        delete p;
    });
    return {make_local<bm1684x>(at, output_.dims, type_), std::move(slot)};
}

// The last result is the output's, others take the place of an argument that nobody reads any more.
TPU_CONVERT_INLINE element_sink::handle element_sink::result_over(std::initializer_list<handle const*> args) {
    if (last_ && type_ == output_.type) return {output_, nullptr};
    for (auto const* a : args)
        if (a->slot && a->slot.use_count() == 1 && a->value.tensor.dims == output_.dims) return *a;
    return intermediate();
}

// Where the value leaves the body it overflows to infinity; inside, the divider would take that for zero.
TPU_CONVERT_INLINE void element_sink::emit(expr::exp, out r, in a) {
    bm1684x_emit::exp(b_, r, a.tensor);
    if (last_) bm1684x_emit::choose_greater(b_, r, a, 88.72, std::numeric_limits<double>::infinity(), r);
}
TPU_CONVERT_INLINE void element_sink::emit(expr::log, out r, in a) {
    bm1684x_emit::log(b_, r, a.tensor);
    if (last_) bm1684x_emit::choose_zero(b_, r, a, -std::numeric_limits<double>::infinity(), r);
}
TPU_CONVERT_INLINE void element_sink::emit(expr::select_equal, out r, in a, in c, in d, in e) {
    if (!is_float(type_)) return bm1684x_emit::choose_equal(b_, r, a, c, d, e);
    if (c.constant && c.value == 0) return bm1684x_emit::choose_zero(b_, r, a, d, e);
    auto const mark = b_.mark();
    operand const x = bm1684x_emit::without_negative_zero(b_, a, r.dims), y = bm1684x_emit::without_negative_zero(b_, c, r.dims);
    bm1684x_emit::choose_equal(b_, r, x, y, d, e);
    b_.release(mark);
}

TPU_CONVERT_INLINE void element_sink::finish(handle const& root, fused_relu relu) {
    using namespace bm1684x_emit;
    operand value = root.value;
    bool const there = !value.constant && value.tensor.address == output_.address;
    if (type_ == output_.type && !there && !relu.active) return copy(b_, output_, value);
    local_tensor target = output_;
    handle kept;
    if (type_ != output_.type && (value.constant || relu.active || value.tensor.dims != output_.dims)) {
        kept = intermediate();
        target = kept.value.tensor;
        if (!relu.active) copy(b_, target, value), value = target;
    }
    if (relu.active) {
        max(b_, target, value, 0.0);
        if (relu.limit > 0) min(b_, target, target, relu.limit);
        value = target;
    }
    if (type_ == output_.type) return;
    bool const whole = !is_float(output_.type);
    cast(b_, output_, value.tensor, whole ? rounding::to_zero : rounding::half_even);
}

} // namespace tpu_convert::bm1684x_lowering
