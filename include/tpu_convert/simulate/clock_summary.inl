#pragma once
#include <algorithm>
#include <array>
#include <map>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/simulate/clock_summary.hpp>

namespace tpu_convert::simulate {

namespace detail {

TPU_CONVERT_INLINE void add_command(time_sum& s, timed_command const& c) {
    s.begin = s.commands ? std::min(s.begin, c.start) : c.start;
    s.end = std::max(s.end, c.end());
    ++s.commands;
    (c.on == engine::tiu ? s.tiu : s.gdma) += c.cycles;
    s.products += c.cost.products, s.full_cycles += c.cost.full_cycles;
    s.read += c.cost.read, s.written += c.cost.written;
}

TPU_CONVERT_INLINE std::vector<kind_sum> sums_of_kinds(std::span<timed_command const> commands) {
    std::map<std::pair<engine, std::string_view>, time_sum> sums;
    for (auto const& c : commands)
        if (c.cycles > 0) add_command(sums[{c.on, c.name}], c);
    std::vector<kind_sum> kinds;
    for (auto const& [key, sum] : sums) kinds.push_back({key.second, key.first, sum});
    std::ranges::stable_sort(kinds, [](auto const& a, auto const& b) { return a.sum.tiu + a.sum.gdma > b.sum.tiu + b.sum.gdma; });
    return kinds;
}

TPU_CONVERT_INLINE std::vector<layer_sum> sums_of_layers(std::span<timed_command const> commands,
                                                         std::span<layer_commands const> layers) {
    std::array<std::vector<timed_command const*>, 2> streams;
    for (auto const& c : commands) streams[static_cast<std::size_t>(c.on)].push_back(&c);
    for (auto& s : streams)
        std::ranges::sort(
            s, [](auto const* a, auto const* b) { return std::pair(a->group, a->index) < std::pair(b->group, b->index); });
    std::vector<layer_sum> sums;
    double end = 0;
    for (auto const& l : layers) {
        sums.push_back({l.name, l.operation, {}, 0});
        auto const add = [&](auto const& stream, std::size_t first, std::size_t count) {
            if (first > stream.size() || count > stream.size() - first)
                throw model_error{error_code::input_mismatch, l.name,
                                  "its commands " + std::to_string(first) + "+" + std::to_string(count) + " are not among the " +
                                      std::to_string(stream.size()) + " of the file; the layers are those of another file"};
            for (std::size_t i = first; i < first + count; ++i) add_command(sums.back().sum, *stream[i]);
        };
        add(streams[0], l.tiu_first, l.tiu_count);
        add(streams[1], l.gdma_first, l.gdma_count);
        sums.back().own = std::max(0.0, sums.back().sum.end - end);
        end = std::max(end, sums.back().sum.end);
    }
    return sums;
}

} // namespace detail

TPU_CONVERT_INLINE time_summary summarize(bmodel_time const& t, std::span<layer_commands const> layers) {
    time_summary s;
    for (auto const& c : t.commands) detail::add_command(s.all, c);
    s.kinds = detail::sums_of_kinds(t.commands);
    s.layers = detail::sums_of_layers(t.commands, layers);
    s.compute_roof = s.all.full_cycles;
    s.memory_roof = static_cast<double>(t.weight_bytes + t.input_bytes + t.output_bytes) / t.memory_peak;
    return s;
}

} // namespace tpu_convert::simulate
