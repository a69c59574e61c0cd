// Tile sizes of one kernel: the cheapest cut whose tiles fit in local memory.
#pragma once
#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/lower/kernel_plan.hpp>
#include <tpu_convert/schedule/local_plan.hpp>
#include <utility>
#include <vector>

namespace tpu_convert {

// The tiles of a plan, channels outermost, so that weights stay where they are as long as possible.
inline std::vector<box> tiles_of(dims4 const& whole, dims4 const& tile) {
    std::vector<box> tiles;
    dims4 at{};
    for (at[1] = 0; at[1] < whole[1]; at[1] += tile[1])
        for (at[0] = 0; at[0] < whole[0]; at[0] += tile[0])
            for (at[2] = 0; at[2] < whole[2]; at[2] += tile[2])
                for (at[3] = 0; at[3] < whole[3]; at[3] += tile[3]) {
                    box b{at, tile};
                    for (int i = 0; i < 4; ++i) b.size[i] = std::min(tile[i], whole[i] - at[i]);
                    tiles.push_back(b);
                }
    return tiles;
}

template <class Chip>
box output_box_of(kernel_plan<Chip> const& p, std::size_t i, box const& out) {
    return i == 0 || !p.output_box ? out : p.output_box(i, out);
}

namespace detail {

template <class Chip>
tile_extent measure_tiles(kernel_plan<Chip> const& p, std::vector<box> const& tiles) {
    tile_extent e{std::vector<std::int64_t>(p.inputs.size()), std::vector<std::int64_t>(p.outputs.size()),
                  std::vector<bool>(p.inputs.size(), true), 0};
    std::vector<box> last(p.inputs.size());
    for (std::size_t k = 0; k < tiles.size(); ++k) {
        for (std::size_t i = 0; i < p.inputs.size(); ++i) {
            box const b = p.input_box(i, tiles[k]);
            auto const& o = p.inputs[i];
            e.input_bytes[i] = std::max(e.input_bytes[i], local_bytes<Chip>(b.size, o.type, o.layout));
            if (k > 0 && b == last[i]) continue;
            if (k > 0) e.input_constant[i] = false;
            last[i] = b;
            e.moved += static_cast<double>(volume(b.size)) * static_cast<double>(bytes_of(o.type));
        }
        for (std::size_t i = 0; i < p.outputs.size(); ++i) {
            box const b = output_box_of(p, i, tiles[k]);
            auto const& o = p.outputs[i];
            e.output_bytes[i] = std::max(e.output_bytes[i], local_bytes<Chip>(b.size, o.type, o.layout));
            e.moved += static_cast<double>(volume(b.size)) * static_cast<double>(bytes_of(o.type));
        }
    }
    return e;
}

// Scratch memory that the kernel asks for on one tile.
template <class Chip>
std::int64_t scratch_bytes(kernel_plan<Chip> const& p, tile t) {
    for (std::size_t i = 0; i < p.inputs.size(); ++i)
        t.inputs.push_back(make_local<Chip>(0, t.in[i].size, p.inputs[i].type, p.inputs[i].layout));
    for (std::size_t i = 0; i < p.outputs.size(); ++i)
        t.outputs.push_back(make_local<Chip>(0, output_box_of(p, i, t.out).size, p.outputs[i].type, p.outputs[i].layout));
    kernel_builder<Chip> measure{nullptr};
    p.emit(measure, t);
    return measure.peak();
}

// The most over all tiles; tiles of equal sizes are looked at once.
template <class Chip>
std::int64_t scratch_bytes(kernel_plan<Chip> const& p, std::vector<box> const& tiles) {
    std::set<std::vector<dims4>> seen;
    std::int64_t most = 0;
    for (auto const& out : tiles) {
        tile t{out, {}, {}, {}};
        std::vector<dims4> sizes{out.size};
        for (std::size_t i = 0; i < p.inputs.size(); ++i) {
            t.in.push_back(p.input_box(i, out));
            sizes.push_back(t.in[i].size);
        }
        if (seen.insert(sizes).second) most = std::max(most, scratch_bytes(p, std::move(t)));
    }
    return most;
}

// What tile lengths are multiples of; `unit`: of the array.
inline std::int64_t length_unit(std::int64_t whole, cut_rule const& r, std::int64_t unit) {
    return std::max(r.multiple, r.most == r.multiple ? r.multiple : std::min(unit, whole));
}

// Sizes in commands have 16 bits.
inline constexpr std::int64_t most_length = 65535;

// The longest tile along an axis.
inline std::int64_t first_length(std::int64_t whole, cut_rule const& r, std::int64_t multiple) {
    std::int64_t const first = std::min(whole, r.most);
    bool const divides = r.allowed && multiple <= most_length;
    return first > most_length && divides ? most_length / multiple * multiple : first;
}

// Tile lengths to try along an axis: the whole, then one half, one third... in multiples.
inline std::vector<std::int64_t> lengths(std::int64_t whole, cut_rule const& r, std::int64_t unit) {
    std::int64_t const multiple = length_unit(whole, r, unit);
    std::vector<std::int64_t> found;
    std::int64_t const first = first_length(whole, r, multiple);
    found.push_back(first);
    if (!r.allowed) return found;
    for (std::int64_t parts = 2; parts <= whole && found.back() > multiple; ++parts) {
        std::int64_t const length = std::min(first, round_up(ceil_div(whole, parts), multiple));
        if (length < found.back()) found.push_back(length);
        else parts = std::max(parts, ceil_div(whole, std::max<std::int64_t>(found.back() - multiple, 1)) - 1);
    }
    return found;
}

} // namespace detail

// What a tile costs beyond its bytes, in bytes: the fixed latency of its transfers.
inline constexpr double tile_overhead_bytes = 20000;

template <class Chip>
class tile_search {
public:
    tile_search(std::string const& name, kernel_plan<Chip> const& plan)
        : name_(name), plan_(plan), whole_(plan.outputs[0].global.dims) {}

    local_plan best() {
        if (!find()) fail();
        return *best_;
    }
    // Nothing if no tile fits.
    std::optional<local_plan> find() {
        auto const ns = detail::lengths(whole_[0], plan_.cuts[0], 1);
        auto const batches = ns.size() > 1 ? std::vector{ns.front(), ns.back()} : ns;
        auto const cs = detail::lengths(whole_[1], plan_.cuts[1], Chip::lanes);
        auto const hs = detail::lengths(whole_[2], plan_.cuts[2], 1);
        auto const ws = detail::lengths(whole_[3], plan_.cuts[3], 1);
        for (auto c : cs)
            for (auto n : batches)
                if (!try_rows(n, c, hs, ws.front())) try_columns(n, c, hs.back(), ws);
        return best_;
    }
    double cost() const { return cost_; } // of the best, in bytes
    // A tile that was found before, and its cost in bytes. Nothing if it is none that could be found.
    std::optional<std::pair<local_plan, double>> at(dims4 const& tile) const {
        constexpr std::int64_t most_parts = std::int64_t{1} << 16;
        std::int64_t parts = 1;
        for (std::size_t i = 0; i < 4; ++i) {
            cut_rule const& r = plan_.cuts[i];
            std::int64_t const longest = std::min(whole_[i], r.most);
            std::int64_t const unit = detail::length_unit(whole_[i], r, i == 1 ? Chip::lanes : 1);
            if (tile[i] < 1 || tile[i] > longest || (tile[i] != longest && (!r.allowed || tile[i] % unit))) return std::nullopt;
            if ((parts *= ceil_div(whole_[i], tile[i])) > most_parts) return std::nullopt;
        }
        auto found = measure(tile, std::numeric_limits<std::size_t>::max());
        if (found.plan.end > Chip::lane_memory_bytes) return std::nullopt;
        return std::pair{std::move(found.plan), cost_of(found)};
    }

    // The same cut into `parts` along the first axis of h, n, c that allows it: more of its transfers hide behind the others.
    std::optional<local_plan> finer(local_plan const& l, std::int64_t parts) const {
        for (int axis : {2, 0, 1}) {
            cut_rule const& r = plan_.cuts[static_cast<std::size_t>(axis)];
            std::int64_t const unit = std::max(r.multiple, axis == 1 ? Chip::lanes : 1);
            dims4 tile = l.tile;
            tile[axis] = round_up(ceil_div(tile[axis], parts), unit);
            if (!r.allowed || tile[axis] >= l.tile[axis]) continue;
            auto const tried = measure(tile, most_tiles);
            if (tried.sampled || tried.plan.end > Chip::lane_memory_bytes) return std::nullopt;
            return tried.plan;
        }
        return std::nullopt;
    }

private:
    static constexpr std::size_t most_sampled = 64, most_tiles = 64;

    // The longest h that fits: lengths fall, so the first that fits is found by bisection.
    bool try_rows(std::int64_t n, std::int64_t c, std::vector<std::int64_t> const& hs, std::int64_t w) {
        return bisect(hs, [&](std::int64_t h) { return dims4{n, c, h, w}; });
    }
    bool try_columns(std::int64_t n, std::int64_t c, std::int64_t h, std::vector<std::int64_t> const& ws) {
        return bisect(ws, [&](std::int64_t w) { return dims4{n, c, h, w}; });
    }
    template <class Make>
    bool bisect(std::vector<std::int64_t> const& lengths, Make&& make) {
        std::size_t low = 0, high = lengths.size();
        std::optional<attempt> longest; // of those that fit
        while (low < high) {
            std::size_t const middle = (low + high) / 2;
            auto tried = measure(make(lengths[middle]));
            bool const fits = tried.plan.end <= Chip::lane_memory_bytes;
            if (!smallest_ || tried.plan.end < smallest_->end) smallest_ = tried.plan;
            if (fits) high = middle, longest = std::move(tried);
            else low = middle + 1;
        }
        if (!longest) return false;
        consider(std::move(*longest));
        return true;
    }
    struct attempt {
        local_plan plan;
        double moved;
        std::size_t tiles;
        bool sampled; // some tiles were not looked at
    };
    // Many tiles are looked at in part: the first, some in the middle and the last differ at borders at most.
    attempt measure(dims4 const& tile, std::size_t most = most_sampled) const {
        auto tiles = tiles_of(whole_, tile);
        std::size_t const count = tiles.size();
        if (count > most) {
            std::vector<box> few;
            for (std::size_t i = 0; i < count; i += count / (most - 3) + 1) few.push_back(tiles[i]);
            few.push_back(tiles.back());
            tiles = std::move(few);
        }
        auto const e = detail::measure_tiles(plan_, tiles);
        return {place_operands(plan_, tile, count, e, detail::scratch_bytes(plan_, tiles)), e.moved, count, tiles.size() < count};
    }
    static double cost_of(attempt const& a) { return a.moved + tile_overhead_bytes * static_cast<double>(a.tiles); }
    void consider(attempt a) {
        if (a.sampled) a = measure(a.plan.tile, a.tiles);
        double const cost = cost_of(a);
        if (a.plan.end > Chip::lane_memory_bytes || (best_ && cost >= cost_)) return;
        best_ = std::move(a.plan);
        cost_ = cost;
    }
    [[noreturn]] void fail() const {
        dims4 const& t = smallest_->tile;
        throw model_error{error_code::memory_exceeded, name_,
                          "its smallest tile [" + std::to_string(t[0]) + "," + std::to_string(t[1]) + "," +
                              std::to_string(t[2]) + "," + std::to_string(t[3]) + "] needs " + std::to_string(smallest_->end) +
                              " of " + std::to_string(Chip::lane_memory_bytes) +
                              " bytes in a lane; cut the network before it with --output_names"};
    }

    std::string const& name_;
    kernel_plan<Chip> const& plan_;
    dims4 whole_;
    std::optional<local_plan> best_, smallest_;
    double cost_ = 0;
};

} // namespace tpu_convert
