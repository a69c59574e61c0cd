// Several kernels as one: intermediate tensors of a tile stay in local memory, and the tile loop sees a single plan.
#pragma once
#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <tpu_convert/lower/kernel_plan.hpp>
#include <tpu_convert/schedule/data_mover.hpp>
#include <tpu_convert/schedule/global_memory.hpp>
#include <tpu_convert/schedule/memory_plan.hpp>
#include <vector>

namespace tpu_convert {

// A kernel and the values that it reads and writes, by numbers that are the same for the same value.
template <class Chip>
struct group_member {
    kernel_plan<Chip> const* plan = nullptr;
    std::vector<std::size_t> reads; // of each input
    std::size_t writes = 0;
    bool stored = false; // somebody outside the group reads the result
};

template <class Chip>
struct group_plan {
    kernel_plan<Chip> plan;
    // Which member's operand each input and output is.
    std::vector<std::pair<std::size_t, std::size_t>> inputs;
    std::vector<std::size_t> outputs; // members
    // Results that stay in local memory: each from a member to its last reader, addresses from scratch memory's.
    std::function<std::vector<planned_buffer>(box const& out)> kept;
};

namespace detail {

inline bool same_view(view const& a, view const& b) {
    if (a.dims != b.dims || a.offset != b.offset) return false;
    for (int i = 0; i < 4; ++i)
        if (a.dims[i] > 1 && a.strides[i] != b.strides[i]) return false;
    return true;
}
inline box hull(box const& a, box const& b) {
    box h;
    for (int i = 0; i < 4; ++i) {
        h.begin[i] = std::min(a.begin[i], b.begin[i]);
        h.size[i] = std::max(a.begin[i] + a.size[i], b.begin[i] + b.size[i]) - h.begin[i];
    }
    return h;
}

// Where each operand of each member comes from, and what a tile of the last result needs of every member.
template <class Chip>
struct group_body {
    static constexpr std::size_t outside = ~std::size_t{0};
    struct source {
        std::size_t member = outside, input = 0; // a member's result, or an input of the group
    };
    std::vector<kernel_plan<Chip>> kernels;
    std::vector<std::vector<source>> sources;
    std::vector<std::size_t> output_of; // of the group, for each member; outside: its result stays local
    // Scratch memory of the results that stay local.
    struct kept_results {
        std::vector<buffer_request> requests; // from a member to its last reader
        std::vector<std::size_t> request_of;  // of each member
        buffer_plan placed;
    };

    // Boxes of the members' results. Asked for once an operand: the last answer is kept.
    std::vector<box> const& results(box const& out) const {
        if (answer_.empty() || !(asked_ == out)) answer_ = computed_results(out), asked_ = out;
        return answer_;
    }
    void emit(kernel_builder<Chip>& b, tile const& t) const {
        auto const boxes = results(t.out);
        std::vector<local_tensor> made = place(b, t, boxes);
        for (std::size_t m = 0; m < kernels.size(); ++m) {
            if (t.reached) t.reached(m);
            std::int64_t const mark = b.mark();
            tile part{boxes[m], {}, {}, {made[m]}};
            for (std::size_t i = 0; i < sources[m].size(); ++i) {
                source const s = sources[m][i];
                part.in.push_back(kernels[m].input_box(i, boxes[m]));
                if (s.member == outside) part.inputs.push_back(t.inputs[s.input]);
                else part.inputs.push_back(data_mover<Chip>::local_window(b, made[s.member], boxes[s.member], part.in[i]));
            }
            kernels[m].emit(b, part);
            b.release(mark);
        }
    }

    // Results that nobody stores share scratch memory by lifetime.
    kept_results place_kept(std::vector<box> const& boxes) const {
        kept_results kept{{}, std::vector<std::size_t>(kernels.size(), outside), {}};
        for (std::size_t m = 0; m < kernels.size(); ++m) {
            for (auto const& s : sources[m])
                if (s.member != outside && kept.request_of[s.member] != outside)
                    kept.requests[kept.request_of[s.member]].last = m;
            if (output_of[m] != outside) continue;
            auto const& o = kernels[m].outputs[0];
            kept.request_of[m] = kept.requests.size();
            kept.requests.push_back({static_cast<std::uint64_t>(local_bytes<Chip>(boxes[m].size, o.type, o.layout)), m, m});
        }
        kept.placed = place_buffers(kept.requests, Chip::eu_bytes);
        return kept;
    }
    std::vector<planned_buffer> listed(box const& out) const {
        auto const kept = place_kept(results(out));
        std::vector<planned_buffer> all;
        for (std::size_t i = 0; i < kept.requests.size(); ++i) {
            auto const& q = kept.requests[i];
            all.push_back({{}, kept.placed.offsets[i], q.bytes, q.first, q.last});
        }
        return all;
    }

private:
    std::vector<box> computed_results(box const& out) const {
        std::vector<std::optional<box>> wanted(kernels.size());
        wanted.back() = out;
        for (std::size_t m = kernels.size(); m-- > 0;) {
            round_outward(m, *wanted[m]);
            for (std::size_t i = 0; i < sources[m].size(); ++i) {
                source const s = sources[m][i];
                if (s.member == outside) continue;
                box const b = kernels[m].input_box(i, *wanted[m]);
                wanted[s.member] = wanted[s.member] ? hull(*wanted[s.member], b) : b;
            }
        }
        std::vector<box> boxes;
        for (auto const& w : wanted) boxes.push_back(*w);
        return boxes;
    }
    void round_outward(std::size_t m, box& b) const {
        dims4 const& whole = kernels[m].outputs[0].global.dims;
        for (int i = 0; i < 4; ++i) {
            std::int64_t const unit = kernels[m].cuts[i].multiple;
            std::int64_t const end = std::min(whole[i], round_up(b.begin[i] + b.size[i], unit));
            b.begin[i] = b.begin[i] / unit * unit;
            b.size[i] = end - b.begin[i];
        }
    }
    std::vector<local_tensor> place(kernel_builder<Chip>& b, tile const& t, std::vector<box> const& boxes) const {
        auto const kept = place_kept(boxes);
        std::int64_t base = 0;
        if (kept.placed.bytes) base = b.scratch({1, 1, 1, static_cast<std::int64_t>(kept.placed.bytes)}, dtype::u8).address;
        std::vector<local_tensor> made;
        for (std::size_t m = 0; m < kernels.size(); ++m) {
            auto const& o = kernels[m].outputs[0];
            if (output_of[m] != outside) made.push_back(t.outputs[output_of[m]]);
            else
                made.push_back(make_local<Chip>(base + static_cast<std::int64_t>(kept.placed.offsets[kept.request_of[m]]),
                                                boxes[m].size, o.type, o.layout));
        }
        return made;
    }

    mutable box asked_;
    mutable std::vector<box> answer_;
};

} // namespace detail

// Joins kernels that follow each other; nothing if they can't share tiles.
template <class Chip>
class group_maker {
public:
    explicit group_maker(std::vector<group_member<Chip>> members) : members_(std::move(members)) {}

    std::optional<group_plan<Chip>> make() {
        auto body = std::make_shared<detail::group_body<Chip>>();
        for (std::size_t m = 0; m < members_.size(); ++m)
            if (!add(*body, m)) return std::nullopt;
        add_outputs(*body);
        auto& p = made_.plan;
        if (!set_cuts(*body)) return std::nullopt;
        p.input_box = [body, from = made_.inputs](std::size_t i, box const& out) {
            auto const [m, operand] = from[i];
            return body->kernels[m].input_box(operand, body->results(out)[m]);
        };
        p.output_box = [body, of = made_.outputs](std::size_t i, box const& out) { return body->results(out)[of[i]]; };
        p.emit = [body](kernel_builder<Chip>& b, tile const& t) { body->emit(b, t); };
        made_.kept = [body](box const& out) { return body->listed(out); };
        return std::move(made_);
    }

private:
    static constexpr std::size_t outside = detail::group_body<Chip>::outside;

    bool add(detail::group_body<Chip>& body, std::size_t m) {
        auto const& k = *members_[m].plan;
        if (k.outputs.size() != 1 || k.cuts[1].most < k.outputs[0].global.dims[1]) return false;
        std::vector<typename detail::group_body<Chip>::source> sources;
        for (std::size_t i = 0; i < k.inputs.size(); ++i) {
            auto const from = k.inputs[i].packed ? outside : writer_of(members_[m].reads[i], m);
            if (from != outside) {
                auto const& o = members_[from].plan->outputs[0];
                auto const& in = k.inputs[i];
                if (in.rows || !detail::same_view(o.global, in.global) || o.type != in.type || o.layout != in.layout)
                    return false;
                sources.push_back({from, 0});
            } else {
                sources.push_back({outside, made_.inputs.size()});
                made_.inputs.push_back({m, i});
                made_.plan.inputs.push_back(k.inputs[i]);
                made_.plan.stages.push_back(m);
            }
        }
        body.kernels.push_back(k);
        body.sources.push_back(std::move(sources));
        return true;
    }
    std::size_t writer_of(std::size_t value, std::size_t before) const {
        for (std::size_t m = 0; m < before; ++m)
            if (members_[m].writes == value) return m;
        return outside;
    }
    void add_outputs(detail::group_body<Chip>& body) {
        body.output_of.assign(members_.size(), outside);
        for (std::size_t m = members_.size(); m-- > 0;) {
            if (m + 1 < members_.size() && !members_[m].stored) continue;
            body.output_of[m] = made_.outputs.size();
            made_.outputs.push_back(m);
            made_.plan.outputs.push_back(members_[m].plan->outputs[0]);
        }
    }
    // Every result must be wanted, whole: of each plane together, and of each row of the last result, without gaps.
    bool set_cuts(detail::group_body<Chip> const& body) {
        for (std::size_t m = 0; m + 1 < members_.size(); ++m)
            if (!read_inside(m)) return false;
        dims4 const whole = body.kernels.back().outputs[0].global.dims;
        auto const all = body.results(box::whole(whole));
        for (std::size_t m = 0; m < all.size(); ++m)
            if (all[m] != box::whole(body.kernels[m].outputs[0].global.dims) || all[m].size[0] != whole[0]) return false;
        auto& cuts = made_.plan.cuts;
        cuts = body.kernels.back().cuts;
        cuts[1] = channel_rule(body, whole);
        cuts[3] = {false, 1};
        for (auto const& k : body.kernels) cuts[2].allowed &= k.cuts[2].allowed, cuts[0].allowed &= k.cuts[0].allowed;
        for (auto const& k : body.kernels) {
            dims4 const& d = k.outputs[0].global.dims;
            if (d[3] > most_plane) return false;
            std::int64_t const rows = (most_plane / d[3] - border) * whole[2] / d[2]; // h * w of a command's field
            cuts[2].most = std::min(cuts[2].most, std::max<std::int64_t>(rows / cuts[2].multiple * cuts[2].multiple, 0));
        }
        if (cuts[2].most < cuts[2].multiple || (!cuts[2].allowed && cuts[2].most < whole[2])) return false;
        return covered(body, whole, cuts[2].multiple);
    }
    // Channels can be cut if those of a tile are all that any member computes for it.
    cut_rule channel_rule(detail::group_body<Chip> const& body, dims4 const& whole) const {
        if (whole[1] <= Chip::lanes) return {false, 1};
        box part = box::whole(whole);
        part.begin[1] = Chip::lanes, part.size[1] = std::min<std::int64_t>(Chip::lanes, whole[1] - Chip::lanes);
        auto const boxes = body.results(part);
        for (std::size_t m = 0; m < boxes.size(); ++m) {
            auto const& rule = body.kernels[m].cuts[1];
            bool const own = body.kernels[m].outputs[0].global.dims[1] == whole[1] && boxes[m].begin[1] == part.begin[1] &&
                             boxes[m].size[1] == part.size[1];
            if (!own || !rule.allowed || Chip::lanes % rule.multiple) return {false, 1};
        }
        return {true, Chip::lanes};
    }
    bool read_inside(std::size_t m) const {
        for (std::size_t k = m + 1; k < members_.size(); ++k)
            if (std::find(members_[k].reads.begin(), members_[k].reads.end(), members_[m].writes) != members_[k].reads.end())
                return true;
        return false;
    }
    bool covered(detail::group_body<Chip> const& body, dims4 const& whole, std::int64_t step) const {
        std::vector<std::int64_t> end(members_.size(), 0);
        box row = box::whole(whole);
        row.size[0] = 1;
        for (row.begin[2] = 0; row.begin[2] < whole[2]; row.begin[2] += step) {
            row.size[2] = std::min(step, whole[2] - row.begin[2]);
            auto const boxes = body.results(row);
            for (std::size_t m = 0; m < boxes.size(); ++m) {
                if (boxes[m].begin[2] > end[m] || boxes[m].size[0] != 1) return false;
                end[m] = boxes[m].begin[2] + boxes[m].size[2];
            }
        }
        for (std::size_t m = 0; m < end.size(); ++m)
            if (end[m] < body.kernels[m].outputs[0].global.dims[2]) return false;
        return true;
    }

    static constexpr std::int64_t most_plane = 65535, border = 16;

    std::vector<group_member<Chip>> members_;
    group_plan<Chip> made_;
};

} // namespace tpu_convert
