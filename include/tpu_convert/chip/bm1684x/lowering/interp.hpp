// Resize: rows, then columns; each a copy of its nearest neighbour or a weighted sum of two.
#pragma once
#include <cmath>
#include <tpu_convert/chip/bm1684x/lowering/wide.hpp>
#include <tpu_convert/chip/bm1684x/lowering/window.hpp>
#include <tpu_convert/lower/lowering.hpp>

namespace tpu_convert {

template <>
struct lowering<op::interp, bm1684x> {
    static kernel_plan<bm1684x> plan(op::interp::attributes const& a, lowering_context const& c) {
        using namespace bm1684x_lowering;
        dims4 const in = as_nchw(c.operands[0]->dims), out = as_nchw(c.results[0]->dims);
        auto const rows = taps(a, in[2], out[2], a.scale_h), columns = taps(a, in[3], out[3], a.scale_w);
        kernel_plan<bm1684x> p;
        p.inputs = {{0, view::dense(in), c.operands[0]->type}};
        p.outputs = {{0, view::dense(out), c.results[0]->type}};
        p.cuts[3].allowed = false;
        p.input_box = [rows, in](std::size_t, box const& b) -> box {
            auto const first = static_cast<std::size_t>(b.begin[2]), last = first + static_cast<std::size_t>(b.size[2]) - 1;
            std::int64_t const from = rows[first].low, to = rows[last].high;
            return {{b.begin[0], b.begin[1], from, 0}, {b.size[0], b.size[1], to - from + 1, in[3]}};
        };
        bool const nearest = a.mode == interp_mode::nearest;
        p.emit = [rows, columns, nearest](builder& b, tile const& t) {
            local_tensor const &in = t.inputs[0], &y = t.outputs[0];
            local_tensor const x = nearest ? in : widened(b, in), out = nearest ? y : wide_result(b, y);
            local_tensor const middle = b.scratch({x.dims[0], x.dims[1], out.dims[2], x.dims[3]}, x.type);
            for (std::int64_t r = 0; r < out.dims[2]; ++r) {
                tap const k = rows[static_cast<std::size_t>(t.out.begin[2] + r)];
                blend(b, bm1684x_emit::rows_of(middle, r, 1), bm1684x_emit::rows_of(x, k.low - t.in[0].begin[2], 1),
                      bm1684x_emit::rows_of(x, k.high - t.in[0].begin[2], 1), k.weight);
            }
            for (std::int64_t q = 0; q < out.dims[3]; ++q) {
                tap const k = columns[static_cast<std::size_t>(q)];
                blend(b, bm1684x_emit::columns_of(out, q, 1), bm1684x_emit::columns_of(middle, k.low, 1),
                      bm1684x_emit::columns_of(middle, k.high, 1), k.weight);
            }
            if (!nearest) narrow(b, y, out);
        };
        return p;
    }

private:
    // An output is (1 - weight) * input[low] + weight * input[high].
    struct tap {
        std::int64_t low, high;
        double weight;
    };

    static void blend(bm1684x_emit::builder& b, local_tensor const& to, local_tensor const& low, local_tensor const& high,
                      double weight) {
        if (weight == 0) return bm1684x_emit::copy(b, to, low);
        std::int64_t const mark = b.mark();
        local_tensor const part = b.scratch(to.dims, to.type);
        bm1684x_emit::sub(b, part, high, low);
        bm1684x_emit::mul(b, part, part, weight);
        bm1684x_emit::add(b, to, low, part);
        b.release(mark);
    }
    static std::vector<tap> taps(op::interp::attributes const& a, std::int64_t in, std::int64_t out, double given) {
        std::vector<tap> all;
        double const scale = given > 0 ? given : static_cast<double>(out) / static_cast<double>(in);
        for (std::int64_t o = 0; o < out; ++o) {
            double const x = source(a, static_cast<double>(o), in, out, scale);
            if (a.mode == interp_mode::nearest) {
                // round_prefer_floor, but floor for the asymmetric rule
                double const whole = a.coord_mode == interp_coord_mode::asymmetric ? std::floor(x) : std::ceil(x - 0.5);
                auto const i = std::clamp<std::int64_t>(static_cast<std::int64_t>(whole), 0, in - 1);
                all.push_back({i, i, 0});
                continue;
            }
            double const inside = std::clamp(x, 0.0, static_cast<double>(in - 1));
            auto const low = std::min(static_cast<std::int64_t>(inside), in - 1);
            all.push_back({low, std::min(low + 1, in - 1), inside - static_cast<double>(low)});
        }
        return all;
    }
    static double source(op::interp::attributes const& a, double o, std::int64_t in, std::int64_t out, double scale) {
        switch (a.coord_mode) {
        case interp_coord_mode::align_corners:
            return out > 1 ? o * static_cast<double>(in - 1) / static_cast<double>(out - 1) : 0;
        case interp_coord_mode::asymmetric: return o / scale;
        case interp_coord_mode::pytorch_half_pixel: return out > 1 ? (o + 0.5) / scale - 0.5 : 0;
        default: return (o + 0.5) / scale - 0.5;
        }
    }
};

} // namespace tpu_convert
