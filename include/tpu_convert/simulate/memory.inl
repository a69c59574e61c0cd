// Memories of the machine: bounds, written bytes and races.
#pragma once
#include <algorithm>
#include <bit>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/simulate/memory.hpp>

namespace tpu_convert::simulate {

namespace detail {

constexpr std::size_t hazard_limit = 50;

// Pages come into being when they are touched, so a large and sparse region costs little.
TPU_CONVERT_INLINE std::unique_ptr<std::byte, void (*)(void*)> zeroed(std::uint64_t bytes) {
    auto* p = static_cast<std::byte*>(std::calloc(bytes ? bytes : 1, 1));
    if (!p)
        throw model_error{error_code::memory_exceeded, "",
                          "the machine needs " + std::to_string(bytes) + " bytes of host memory, more than there are"};
    return {p, std::free};
}

TPU_CONVERT_INLINE std::string hex(std::uint64_t v) {
    char text[24];
    std::snprintf(text, sizeof text, "0x%llX", static_cast<unsigned long long>(v));
    return text;
}

TPU_CONVERT_INLINE std::string describe(command_tag const& t) {
    return std::string(t.on == engine::tiu ? "TIU " : "DMA ") + std::to_string(t.id) + " (" + std::string(t.name) + ")";
}

TPU_CONVERT_INLINE std::string describe_address(space where, std::uint64_t address, memory_sizes const& s) {
    if (where == space::local)
        return "local memory lane " + std::to_string(address / s.lane_bytes) + " offset " + hex(address % s.lane_bytes);
    return (where == space::fixed ? "static memory " : "global memory ") + hex(address);
}

} // namespace detail

TPU_CONVERT_INLINE void byte_set::insert(std::uint64_t first, std::uint64_t count) {
    if (count == 0) return;
    std::uint64_t const last = first + count - 1, a = first / 64, b = last / 64;
    std::uint64_t const head = ~std::uint64_t{0} << first % 64, tail = ~std::uint64_t{0} >> (63 - last % 64);
    if (a == b) {
        words_[a] |= head & tail;
        return;
    }
    words_[a] |= head;
    std::fill(words_.begin() + static_cast<std::ptrdiff_t>(a + 1), words_.begin() + static_cast<std::ptrdiff_t>(b),
              ~std::uint64_t{0});
    words_[b] |= tail;
}

TPU_CONVERT_INLINE std::uint64_t byte_set::first_missing(std::uint64_t first, std::uint64_t count) const {
    std::uint64_t at = first, end = first + count;
    while (at < end) {
        std::uint64_t const missing = ~words_[at / 64] >> at % 64;
        if (missing == 0)
            at += 64 - at % 64;
        else
            return std::min<std::uint64_t>(at + static_cast<std::uint64_t>(std::countr_zero(missing)) - first, count);
    }
    return count;
}

TPU_CONVERT_INLINE machine_memory::machine_memory(memory_sizes sizes, std::uint8_t fill)
    : sizes_(sizes), local_(detail::zeroed(std::uint64_t{sizes.lanes} * sizes.lane_bytes)), fixed_(sizes.fixed_bytes),
      local_written_(std::uint64_t{sizes.lanes} * sizes.lane_bytes) {
    if (fill) std::memset(local_.get(), fill, std::uint64_t{sizes.lanes} * sizes.lane_bytes);
}

TPU_CONVERT_INLINE region& machine_memory::add_region(std::string name, std::uint64_t start, std::uint64_t size, bool writable) {
    for (auto const& r : regions_)
        if (start < r->start + r->size && r->start < start + size)
            throw model_error{error_code::machine_fault, name, "the region at " + detail::hex(start) + " overlaps " + r->name};
    auto r = std::make_unique<region>();
    r->name = std::move(name), r->start = start, r->size = size, r->writable = writable;
    r->bytes = detail::zeroed(size), r->written = byte_set(size);
    regions_.push_back(std::move(r));
    return *regions_.back();
}

TPU_CONVERT_INLINE region* machine_memory::region_of(std::uint64_t address, std::uint64_t bytes) {
    for (auto const& r : regions_)
        if (address >= r->start && bytes <= r->size && address - r->start <= r->size - bytes) return r.get();
    return nullptr;
}

TPU_CONVERT_INLINE std::byte* machine_memory::global(std::uint64_t address, std::uint64_t bytes) {
    region* const r = region_of(address, bytes);
    if (!r)
        throw model_error{error_code::machine_fault, "",
                          std::to_string(bytes) + " bytes at " + detail::hex(address) + " lie in no region of the net"};
    return r->bytes.get() + (address - r->start);
}

TPU_CONVERT_INLINE void machine_memory::store_global(std::uint64_t address, std::span<std::byte const> data) {
    if (data.empty()) return;
    std::memcpy(global(address, data.size()), data.data(), data.size());
    region* const r = region_of(address, data.size());
    r->written.insert(address - r->start, data.size());
}

TPU_CONVERT_INLINE std::byte* machine_memory::locate(footprint const& f, bool write) {
    auto const fail = [&](std::string const& why) {
        throw model_error{error_code::machine_fault, detail::describe(current_.tag),
                          std::string(write ? "writes " : "reads ") + detail::describe_address(f.where, f.address, sizes_) +
                              ": " + why};
    };
    if (f.empty()) fail("a size of the operand is 0");
    std::uint64_t const plane = plane_extent(f) + (f.n - 1) * f.n_stride;
    if (f.where == space::local) {
        std::uint64_t const lane = f.address / sizes_.lane_bytes, offset = f.address % sizes_.lane_bytes;
        if (lane >= sizes_.lanes) fail("there is no such lane");
        std::uint64_t const rows = (lane + f.c - 1) / sizes_.lanes, end = offset + plane + rows * f.c_stride;
        if (end > sizes_.lane_bytes)
            fail("the operand ends at " + std::to_string(end) + ", the lane has " + std::to_string(sizes_.lane_bytes) + " bytes");
        return local_.get() + f.address;
    }
    std::uint64_t const extent = plane + (f.c - 1) * f.c_stride;
    if (f.where == space::fixed) {
        if (f.address + extent > fixed_.size()) fail("static memory has " + std::to_string(fixed_.size()) + " bytes");
        return fixed_.data() + f.address;
    }
    region* const r = region_of(f.address, extent);
    if (!r) fail("the operand's " + std::to_string(extent) + " bytes lie in no region of the net");
    if (write && !r->writable) fail("it belongs to the " + r->name + ", which no command may change");
    return r->bytes.get() + (f.address - r->start);
}

TPU_CONVERT_INLINE void machine_memory::report(std::string text) {
    if (hazards_.size() < detail::hazard_limit && std::find(hazards_.begin(), hazards_.end(), text) == hazards_.end())
        hazards_.push_back(std::move(text));
}

TPU_CONVERT_INLINE void machine_memory::check_written(footprint const& f) {
    if (f.where == space::fixed) return;
    region* const r = f.where == space::global ? region_of(f.address, 1) : nullptr;
    byte_set const& set = r ? r->written : local_written_;
    std::uint64_t const base = r ? r->start : 0;
    for_each_run(f, sizes_, [&](std::uint64_t address, std::uint64_t bytes) {
        std::uint64_t const missing = set.first_missing(address - base, bytes);
        if (missing == bytes) return true;
        report(detail::describe(current_.tag) + " reads " + detail::describe_address(f.where, address + missing, sizes_) +
               ", which nothing has written");
        return false;
    });
}

TPU_CONVERT_INLINE void machine_memory::set_written(footprint const& f) {
    region* const r = f.where == space::global ? region_of(f.address, 1) : nullptr;
    byte_set& set = r ? r->written : local_written_;
    std::uint64_t const base = r ? r->start : 0;
    for_each_run(f, sizes_, [&](std::uint64_t address, std::uint64_t bytes) {
        set.insert(address - base, bytes);
        return true;
    });
}

TPU_CONVERT_INLINE bool machine_memory::overlap(footprint const& a, footprint const& b) const {
    if (a.where != b.where || a.where == space::fixed) return false;
    auto const bounds = [&](footprint const& f) {
        std::uint64_t first = f.address, length = plane_extent(f) + (f.n - 1) * f.n_stride;
        if (f.where == space::local) {
            first %= sizes_.lane_bytes;
            length += (f.address / sizes_.lane_bytes + f.c - 1) / sizes_.lanes * f.c_stride;
        } else
            length += (f.c - 1) * f.c_stride;
        return std::pair{first, first + length};
    };
    auto const [a0, a1] = bounds(a);
    auto const [b0, b1] = bounds(b);
    if (a1 <= b0 || b1 <= a0) return false;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> runs[2];
    footprint const* const both[2] = {&a, &b};
    for (int k = 0; k < 2; ++k) {
        for_each_run(*both[k], sizes_, [&](std::uint64_t address, std::uint64_t bytes) {
            return runs[k].emplace_back(address, address + bytes), true;
        });
        std::sort(runs[k].begin(), runs[k].end());
    }
    for (auto i = runs[0].begin(), j = runs[1].begin(); i != runs[0].end() && j != runs[1].end();) {
        if (i->first < j->second && j->first < i->second) return true;
        i->second < j->second ? ++i : ++j;
    }
    return false;
}

// The other engine's commands after `knows` have run in this order, but their place in time is not fixed.
TPU_CONVERT_INLINE void machine_memory::check_races(footprint const& f, bool write) {
    for (auto const& r : history_[current_.tag.on == engine::tiu])
        for (auto const& u : r.uses)
            if ((write || u.write) && overlap(f, u.what)) {
                report(detail::describe(current_.tag) + (write ? " writes " : " reads ") +
                       detail::describe_address(f.where, f.address, sizes_) + ", which " + detail::describe(r.tag) +
                       (u.write ? " writes" : " reads") + ", and no id orders the two");
                return;
            }
}

TPU_CONVERT_INLINE std::byte* machine_memory::reads(footprint const& f) {
    std::byte* const p = locate(f, false);
    if (watching_) {
        check_written(f);
        check_races(f, false);
        current_.uses.push_back({f, false});
    }
    return p;
}

TPU_CONVERT_INLINE std::byte* machine_memory::writes(footprint const& f) {
    std::byte* const p = locate(f, true);
    if (watching_) {
        set_written(f);
        check_races(f, true);
        current_.uses.push_back({f, true});
    }
    return p;
}

TPU_CONVERT_INLINE void machine_memory::begin(command_tag const& tag) {
    if (watching_ && current_.tag.id) history_[current_.tag.on == engine::gdma].push_back(std::move(current_));
    current_ = {tag, {}};
    auto& others = history_[tag.on == engine::tiu];
    while (!others.empty() && others.front().tag.id <= tag.knows) others.pop_front();
}

} // namespace tpu_convert::simulate
