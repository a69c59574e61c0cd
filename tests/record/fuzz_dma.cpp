// Random DMA commands.
#include "fuzz_families.hpp"

namespace tpu_convert::record {

namespace {

using tensor = bm1684x::commands::dma_tensor;

constexpr std::uint32_t lane_bytes = bm1684x::lane_memory_bytes;

std::uint64_t local_address(draw& d, std::uint32_t offset) {
    return bm1684x::local_base + (d.chance(30) ? d.below(64) * lane_bytes : 0u) + offset;
}

template <class Command>
void set_addresses(Command& c, std::uint64_t source, std::uint64_t target) {
    c.template set<"src_start_addr_l32">(source & 0xFFFFFFFFu), c.template set<"src_start_addr_h8">(source >> 32);
    c.template set<"dst_start_addr_l32">(target & 0xFFFFFFFFu), c.template set<"dst_start_addr_h8">(target >> 32);
}

} // namespace

void make_dma_tensor(draw& d, test_case& t) {
    tensor c;
    c.set<"cmd_id">(1), c.set<"cmd_id_en">(1);
    unsigned const function = d.one_of({0u, 0u, 1u, 3u});
    c.set<"cmd_special_function">(function);
    c.set<"src_data_format">(d.below(6));
    std::uint32_t const n = d.between(1, 3), ch = d.one_of({1u, 3u, 64u, 66u}), h = d.between(1, 5), w = d.between(1, 12);
    bool const from_local = function != 3 && d.chance(50), to_local = function == 3 || d.chance(50), strided = d.chance(80);
    c.set<"stride_enable">(strided), c.set<"nchw_copy">(function == 1 ? 1 : d.chance(60));
    c.set<"src_nsize">(n), c.set<"src_csize">(function == 3 ? 1 : ch), c.set<"src_hsize">(h), c.set<"src_wsize">(w);
    std::uint32_t dn = n, dc = ch, dh = h, dw = w;
    if (c.get<"nchw_copy">() == 0 && function == 0 && d.chance(50)) dn = 1, dc = n * ch, dh = w, dw = h;
    if (function == 1) dn = ch, dc = n;
    c.set<"dst_nsize">(dn), c.set<"dst_csize">(function == 3 && dc > 64 ? 64 : dc), c.set<"dst_hsize">(dh),
        c.set<"dst_wsize">(dw);
    std::uint32_t const ws = function == 0 && d.chance(20) ? 2 : 1;
    auto const strides = [&](bool local, std::uint32_t cc, std::uint32_t hh, std::uint32_t www, std::uint32_t step,
                             std::uint32_t* s) {
        s[3] = step, s[2] = www * step + d.below(3), s[1] = hh * s[2] + d.below(5);
        s[0] = s[1] * (local ? (cc + 126) / 64 : cc) + d.below(5);
    };
    std::uint32_t a[4], b[4];
    strides(from_local, ch, h, w, ws, a), strides(to_local, dc, dh, dw, d.chance(80) ? ws : 1, b);
    c.set<"src_nstride">(a[0]), c.set<"src_cstride">(a[1]), c.set<"src_hstride">(a[2]), c.set<"src_wstride">(a[3]);
    c.set<"dst_nstride">(b[0]), c.set<"dst_cstride">(b[1]), c.set<"dst_hstride">(b[2]), c.set<"dst_wstride">(b[3]);
    std::uint64_t const source = from_local ? local_address(d, 0) : bm1684x::global_base + d.below(8) * 4;
    std::uint64_t const target = to_local
                                     ? std::uint64_t(function == 3 ? bm1684x::local_base + 0x1000 : local_address(d, 0x1000))
                                     : bm1684x::global_base + 0x10000 + d.below(8) * 4;
    set_addresses(c, source, target);
    if (d.chance(10)) c.set<"fill_constant_en">(1), c.set<"constant_value">(static_cast<std::uint32_t>(d.random()));
    std::uint32_t const mask = d.chance(10) ? static_cast<std::uint32_t>(d.random()) : 0xFFFFFFFFu;
    c.set<"localmem_mask_l32">(mask), c.set<"localmem_mask_h32">(0xFFFFFFFFu);
    t.set(isa::engine::gdma, c);
}

void make_dma_gather(draw& d, test_case& t) {
    bm1684x::commands::dma_gather c;
    c.set<"cmd_id">(1), c.set<"cmd_id_en">(1), c.set<"stride_enable">(1), c.set<"src_data_format">(d.below(6));
    std::uint32_t const ch = d.between(1, 3), h = d.between(1, 8), w = d.between(1, 12), count = d.between(1, 9);
    bool const one_table = d.chance(30), one_list = d.chance(50);
    c.set<"src_csize">(one_table ? 1 : ch), c.set<"src_hsize">(h), c.set<"src_wsize">(w);
    c.set<"dst_csize">(ch), c.set<"dst_hsize">(count), c.set<"dst_wsize">(w);
    c.set<"index_csize">(one_list ? 1 : ch), c.set<"index_hsize">(count);
    c.set<"src_cstride">(h * w), c.set<"src_hstride">(w), c.set<"dst_cstride">(count * w), c.set<"dst_hstride">(w);
    c.set<"index_cstride">(count), c.set<"index_hstride">(1), c.set<"constant_value">(static_cast<std::uint32_t>(d.random()));
    set_addresses(c, bm1684x::global_base, bm1684x::global_base + 0x10000);
    std::uint64_t const index = bm1684x::global_base + 0x18000;
    c.set<"index_start_addr_l32">(index & 0xFFFFFFFFu), c.set<"index_start_addr_h8">(index >> 32);
    c.set<"localmem_mask_l32">(0xFFFFFFFFu), c.set<"localmem_mask_h32">(0xFFFFFFFFu);
    d.fill = filling::small_integers;
    t.set(isa::engine::gdma, c);
}

} // namespace tpu_convert::record
