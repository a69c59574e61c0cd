// Dense row-major tensors. tensor_array.hpp makes xtensor expressions of them.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <new>
#include <span>
#include <tpu_convert/core/shape.hpp>
#include <tpu_convert/core/tensor_fwd.hpp>
#include <utility>
#include <vector>

namespace tpu_convert {

namespace detail {

// Elements begin on a cache line, where wide loads are fastest.
template <class T>
struct line_allocator {
    using value_type = T;
    static constexpr std::align_val_t alignment{64};

    line_allocator() = default;
    template <class U>
    line_allocator(line_allocator<U> const&) {}
    T* allocate(std::size_t n) {
        if (n > std::numeric_limits<std::size_t>::max() / sizeof(T)) throw std::bad_array_new_length{};
        return static_cast<T*>(::operator new(n * sizeof(T), alignment));
    }
    void deallocate(T* p, std::size_t) { ::operator delete(p, alignment); }
    bool operator==(line_allocator const&) const = default;
};

} // namespace detail

template <class T>
class basic_tensor {
public:
    using value_type = T;

    basic_tensor() = default;
    // Elements are zero.
    explicit basic_tensor(tpu_convert::shape dims)
        : dims_(std::move(dims)), data_(static_cast<std::size_t>(element_count(dims_))) {}
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

private:
    tpu_convert::shape dims_;
    std::vector<T, detail::line_allocator<T>> data_;
};

} // namespace tpu_convert
