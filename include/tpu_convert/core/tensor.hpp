// Dense row-major tensors: the only header that includes xtensor.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <tpu_convert/core/shape.hpp>
#include <tpu_convert/core/tensor_fwd.hpp>
#include <utility>
#include <vector>
#if __has_include(<xtensor/containers/xadapt.hpp>)
#include <xtensor/containers/xadapt.hpp>
#include <xtensor/views/xstrided_view.hpp>
#else
#include <xtensor/xadapt.hpp>
#include <xtensor/xstrided_view.hpp>
#endif

namespace tpu_convert {

template <class T>
class basic_tensor {
public:
    using value_type = T;

    basic_tensor() = default;
    // Elements are zero.
    explicit basic_tensor(tpu_convert::shape dims)
        : dims_(std::move(dims)), data_(static_cast<std::size_t>(element_count(dims_))) {
        std::fill(data_.begin(), data_.end(), T{});
    }
    basic_tensor(tpu_convert::shape dims, std::span<T const> values) : basic_tensor(std::move(dims)) {
        std::copy_n(values.begin(), std::min(values.size(), data_.size()), data_.begin());
    }

    tpu_convert::shape const& shape() const { return dims_; }
    std::int64_t dim(std::size_t i) const { return dims_[i]; }
    std::size_t rank() const { return dims_.size(); }
    std::int64_t size() const { return static_cast<std::int64_t>(data_.size()); }

    T* data() { return data_.data(); }
    T const* data() const { return data_.data(); }
    T& operator[](std::int64_t i) { return data_[static_cast<std::size_t>(i)]; }
    T const& operator[](std::int64_t i) const { return data_[static_cast<std::size_t>(i)]; }
    std::span<T> values() { return {data_.data(), data_.size()}; }
    std::span<T const> values() const { return {data_.data(), data_.size()}; }

    // The same elements under another shape of the same size.
    void reshape(tpu_convert::shape dims) { dims_ = std::move(dims); }

    // An xtensor expression over the elements.
    auto array() { return xt::adapt(data_.data(), data_.size(), xt::no_ownership(), sizes()); }
    auto array() const { return xt::adapt(data_.data(), data_.size(), xt::no_ownership(), sizes()); }

private:
    std::vector<std::size_t> sizes() const { return {dims_.begin(), dims_.end()}; }

    tpu_convert::shape dims_;
    xt::uvector<T> data_;
};

} // namespace tpu_convert
