// Tensors as xtensor expressions: the only header that includes xtensor.
#pragma once
#include <tpu_convert/core/tensor.hpp>
#if __has_include(<xtensor/containers/xadapt.hpp>)
#include <xtensor/containers/xadapt.hpp>
#include <xtensor/views/xstrided_view.hpp>
#else
#include <xtensor/xadapt.hpp>
#include <xtensor/xstrided_view.hpp>
#endif

namespace tpu_convert {

// An expression over the elements, which stay the tensor's: it must live as long.
template <class Tensor>
auto as_array(Tensor& t) {
    std::vector<std::size_t> const sizes(t.shape().begin(), t.shape().end());
    return xt::adapt(t.data(), t.values().size(), xt::no_ownership(), sizes);
}

} // namespace tpu_convert
