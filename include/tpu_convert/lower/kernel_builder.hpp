// What a kernel emits through: the program, and scratch memory in the lanes that lives as long as the tile.
#pragma once
#include <algorithm>
#include <cstdint>
#include <tpu_convert/lower/local_tensor.hpp>
#include <tpu_convert/lower/program.hpp>

namespace tpu_convert {

// Without a program it only measures how much scratch memory the kernel asks for.
template <class Chip>
class kernel_builder {
public:
    explicit kernel_builder(program<Chip>* out, std::int64_t scratch_begin = 0) : out_(out), begin_(scratch_begin) {}

    bool measuring() const { return out_ == nullptr; }
    program<Chip>& out() { return *out_; }
    std::int64_t peak() const { return peak_; }

    local_tensor scratch(dims4 const& dims, dtype t, local_layout layout = local_layout::aligned) {
        local_tensor const made = make_local<Chip>(begin_ + used_, dims, t, layout);
        used_ += round_up(local_bytes<Chip>(dims, t, layout), Chip::eu_bytes);
        peak_ = std::max(peak_, used_);
        return made;
    }
    // Scratch asked for after mark() is free again after release(mark).
    std::int64_t mark() const { return used_; }
    void release(std::int64_t mark) { used_ = mark; }

private:
    program<Chip>* out_;
    std::int64_t begin_, used_ = 0, peak_ = 0;
};

} // namespace tpu_convert
