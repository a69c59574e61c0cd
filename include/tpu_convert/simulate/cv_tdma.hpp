// Transfers of the CV18xx's TDMA.
#pragma once
#include <cstdint>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/simulate/cv_operand.hpp>

namespace tpu_convert::simulate {

enum class cv_transfer : std::uint8_t { copy, swap_n_c, swap_c_w, swap_rows, fill };

// One side; strides in bytes. Matrices of local memory have rows as n and their columns cut into channels of w.
struct cv_tdma_side {
    bool local = false;
    std::uint64_t address = 0;
    std::uint32_t bytes = 1; // of an element
    extent4 size{};
    stride4 stride{};
    std::uint32_t columns = 0; // of a matrix, else 0
};

struct cv_tdma_command {
    cv_transfer what = cv_transfer::copy;
    cv_tdma_side target, source;
    bool is_signed = true, toward_zero = false; // of the 8-bit side
    bool compressed = false;                    // the source
    bool takes_exponent = false;                // the target gets the index of each exponent in a table
    std::uint16_t constant = 0;
};

void run_cv_tdma(machine_memory& m, cv_tdma_command const& c);
// The forms that the machine does not have are errors.
void check_cv_tdma(std::uint32_t transpose_mode, bool transposes, bool matrix, bool base);

namespace detail {

template <class Chip>
std::uint64_t cv_address(bool local, std::uint64_t low, std::uint64_t high, std::uint64_t region) {
    if (local) return low;
    std::uint64_t const offset = (high << 32 | low) - Chip::global_base, mask = (std::uint64_t{1} << Chip::region_shift) - 1;
    return region << Chip::region_shift | (offset & mask);
}

template <class Chip, class Command>
void read_cv_sides(Command const& c, cv_tdma_command& r, std::uint32_t direction) {
    auto const n = [](auto v) { return static_cast<std::uint32_t>(v); };
    r.source.local = direction == Chip::direction::store || direction == Chip::direction::local;
    r.target.local = direction == Chip::direction::load || direction == Chip::direction::local;
    r.source.address = cv_address<Chip>(r.source.local, cv_number<"src_base_addr_low">(c), cv_number<"src_base_addr_high">(c),
                                        cv_number<"src_base_reg_sel">(c));
    r.target.address = cv_address<Chip>(r.target.local, cv_number<"dst_base_addr_low">(c), cv_number<"dst_base_addr_high">(c),
                                        cv_number<"dst_base_reg_sel">(c));
    r.source.bytes = cv_number<"src_fmt">(c) == 2 ? 2 : 1, r.target.bytes = cv_number<"dst_fmt">(c) == 2 ? 2 : 1;
    std::uint32_t const batches = cv_number<"src_n">(c);
    r.source.size = {batches, n(cv_number<"src_c">(c)), cv_number<"src_h">(c), cv_number<"src_w">(c)};
    r.target.size = {batches, cv_number<"dst_c">(c), cv_number<"dst_h">(c), cv_number<"dst_w">(c)};
    r.source.stride = {cv_number<"src_n_stride">(c), cv_number<"src_c_stride_high">(c) << 16 | cv_number<"src_c_stride_low">(c),
                       cv_number<"src_h_stride">(c), r.source.bytes};
    r.target.stride = {cv_number<"dst_n_stride">(c), cv_number<"dst_c_stride_high">(c) << 16 | cv_number<"dst_c_stride_low">(c),
                       cv_number<"dst_h_stride">(c), r.target.bytes};
}

// A matrix in global memory has rows of w elements, c stride apart; in local memory its rows are the n index.
inline void make_cv_matrix(cv_tdma_command& r) {
    cv_tdma_side& far = r.source.local ? r.target : r.source;
    cv_tdma_side& near = r.source.local ? r.source : r.target;
    std::uint32_t const rows = r.source.local ? far.size.c : near.size.n, columns = far.size.w;
    far.size = {rows, 1, 1, columns}, far.stride = {far.stride.c, 0, 0, far.bytes}, far.columns = columns;
    bool const turned = r.what == cv_transfer::swap_rows;
    near.size.n = turned ? columns : rows, near.size.h = 1, near.columns = turned ? rows : columns;
}

} // namespace detail

template <class Chip, class Command>
cv_tdma_command read_cv_tdma(Command const& c) {
    cv_tdma_command r;
    bool const transposes = cv_number<"spec_func">(c) == 1, matrix = cv_number<"sys_dtype">(c) != 0;
    std::uint32_t const mode = cv_number<"transpose_md">(c);
    check_cv_tdma(mode, transposes, matrix, cv_number<"mv_lut_base">(c) != 0);
    detail::read_cv_sides<Chip>(c, r, cv_number<"trans_dir">(c));
    r.is_signed = cv_number<"int8_sign">(c) != 0, r.toward_zero = cv_number<"int8_rnd_mode">(c) != 0;
    r.takes_exponent = cv_number<"mv_lut_idx">(c) != 0, r.constant = static_cast<std::uint16_t>(c.template get<"const_val">());
    r.compressed = cv_number<"compress_en">(c) != 0;
    if (cv_number<"spec_func">(c) == 4) r.what = cv_transfer::fill;
    if (transposes) r.what = matrix ? cv_transfer::swap_rows : mode == 3 ? cv_transfer::swap_c_w : cv_transfer::swap_n_c;
    if (r.what == cv_transfer::swap_n_c) r.target.size.n = r.source.size.c;
    if (matrix && r.what != cv_transfer::fill) detail::make_cv_matrix(r);
    if (cv_number<"trans_fmt">(c) != 0) { // so many bytes
        r.source.columns = r.target.columns = cv_number<"src_n_stride">(c);
        r.source.size = r.target.size = {1, 1, 1, r.source.columns};
        r.source.bytes = r.target.bytes = 1;
        r.source.stride = r.target.stride = {0, 0, 0, 1};
    }
    return r;
}

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/cv_tdma.inl>
#endif
