// Resize of bf16: rows, then columns; each a copy of its nearest neighbour or a weighted sum of two. What lies evenly apart with
// one weight is one command.
#pragma once
#include <cmath>
#include <tpu_convert/chip/cv18xx/lowering/window.hpp>
#include <tpu_convert/lower/lowering.hpp>
#include <tpu_convert/op/interp.hpp>
#include <tpu_convert/op/kernel/resize.hpp>

namespace tpu_convert {

namespace cv18xx_lowering {

// Outputs first, first + step... are made of inputs from + 0, 1... and of those that lie `next` further.
struct blend_run {
    std::int64_t first, step, count, from, next;
    double weight; // of the latter
};
// Of outputs [begin, begin + count).
inline std::vector<blend_run> blend_runs(kernel::resize_axis const& a, std::int64_t begin, std::int64_t count) {
    std::vector<blend_run> runs;
    std::vector<bool> done(static_cast<std::size_t>(count), false);
    auto const follows = [&](std::int64_t o, std::int64_t with) {
        auto const i = static_cast<std::size_t>(begin + o), k = static_cast<std::size_t>(begin + with);
        return a.low[k] == a.low[i] + 1 && a.high[k] == a.high[i] + 1 && std::fabs(a.weight[k] - a.weight[i]) < 1e-9;
    };
    for (std::int64_t o = 0; o < count; ++o) {
        if (done[static_cast<std::size_t>(o)]) continue;
        auto const i = static_cast<std::size_t>(begin + o);
        blend_run r{o, 1, 1, a.low[i], a.high[i] - a.low[i], a.weight[i]};
        while (o + r.step < count && !follows(o, o + r.step)) ++r.step;
        for (std::int64_t at = o; at < count; at += r.step) {
            if (at != o && (done[static_cast<std::size_t>(at)] || !follows(at - r.step, at))) break;
            done[static_cast<std::size_t>(at)] = true, r.count = (at - o) / r.step + 1;
        }
        runs.push_back(r);
    }
    return runs;
}

} // namespace cv18xx_lowering

template <cv18xx_chip Chip>
struct lowering<op::interp, Chip> {
    static kernel_plan<Chip> plan(op::interp::attributes const& a, lowering_context const& c) {
        using namespace cv18xx_lowering;
        check_types(c, dtype::bf16, {c.operands[0], c.results[0]});
        dims4 const in = as_nchw(c.operands[0]->dims), out = as_nchw(c.results[0]->dims);
        bool const flat = c.operands[0]->dims.size() != 4;
        auto const rows = kernel::make_resize_axis(a.mode, a.coord_mode, in[2], out[2], flat ? 1 : a.scale_h);
        auto const columns = kernel::make_resize_axis(a.mode, a.coord_mode, in[3], out[3], a.scale_w);
        kernel_plan<Chip> p;
        p.inputs = {{0, view::dense(in), dtype::bf16}};
        p.outputs = {{0, view::dense(out), dtype::bf16}};
        p.cuts = limited_cuts();
        p.cuts[3].allowed = false;
        p.input_box = [rows, in](std::size_t, box const& b) -> box {
            auto const first = static_cast<std::size_t>(b.begin[2]), last = first + static_cast<std::size_t>(b.size[2]) - 1;
            return {{b.begin[0], b.begin[1], rows.low[first], 0},
                    {b.size[0], b.size[1], rows.high[last] - rows.low[first] + 1, in[3]}};
        };
        p.emit = [rows, columns](kernel_builder<Chip>& b, tile const& t) {
            local_tensor const &x = t.inputs[0], &y = t.outputs[0];
            local_tensor const middle = b.scratch({x.dims[0], x.dims[1], y.dims[2], x.dims[3]}, x.type);
            blend_axis(b, middle, x, 2, blend_runs(rows, t.out.begin[2], y.dims[2]), t.in[0].begin[2]);
            blend_axis(b, y, middle, 3, blend_runs(columns, 0, y.dims[3]), 0);
        };
        return p;
    }

private:
    using run = cv18xx_lowering::blend_run;

    // x holds inputs from `begin` on.
    static void blend_axis(kernel_builder<Chip>& b, local_tensor const& y, local_tensor const& x, std::size_t axis,
                           std::vector<run> const& runs, std::int64_t begin) {
        for (run const& r : runs) {
            using cv18xx_emit::part_of;
            local_tensor const to = part_of(y, axis, r.first, r.step, r.count);
            local_tensor const low = part_of(x, axis, r.from - begin, 1, r.count);
            if (r.weight == 0) {
                cv18xx_emit::copy(b, to, low);
                continue;
            }
            cv18xx_emit::with_constant<"tensor.mul">(b, to, low, 1 - r.weight);
            cv18xx_emit::add_product(b, to, part_of(x, axis, r.from + r.next - begin, 1, r.count), r.weight);
        }
    }
};

} // namespace tpu_convert
