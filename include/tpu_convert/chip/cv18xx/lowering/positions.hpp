// Positions of extremes along axes, of bf16: what equals the largest is marked by its distance from the end, or from the begin.
#pragma once
#include <numeric>
#include <tpu_convert/chip/cv18xx/emit/mask.hpp>
#include <tpu_convert/chip/cv18xx/lowering/reduced_axes.hpp>
#include <tpu_convert/op/arg.hpp>
#include <tpu_convert/op/top_k.hpp>

namespace tpu_convert {

namespace cv18xx_lowering {

inline constexpr std::int64_t most_positions = 256; // bf16 holds all of 0 to 256

inline void check_positions(lowering_context const& c, std::int64_t length) {
    if (length > most_positions)
        throw model_error{error_code::lowering_missing, c.name,
                          "positions along an axis of " + std::to_string(length) + "; the chip counts to " +
                              std::to_string(most_positions)};
}

// A further operand: for each place of the plane, how far it is from the end (1 for the last), or its number from 1 on.
template <class Chip>
void add_places(kernel_plan<Chip>& p, bool from_end) {
    dims4 const in = p.inputs[0].global.dims, sizes{1, Chip::lanes, in[2], in[3]};
    std::vector<float> places(static_cast<std::size_t>(in[2] * in[3]));
    std::iota(places.begin(), places.end(), 1.0f);
    if (from_end) std::reverse(places.begin(), places.end());
    std::size_t const number = p.inputs.size();
    p.inputs.push_back({no_operand, {sizes, {0, 0, in[3], 1}, 0}, dtype::bf16, local_layout::aligned,
                        pack_dense(places, dtype::bf16)});
    p.input_box = [sizes, number, others = p.input_box](std::size_t i, box const& b) -> box {
        return i == number ? box{{0, 0, 0, 0}, sizes} : others(i, b);
    };
}
// The same for all channels that a lane holds.
inline local_tensor for_channels(local_tensor places, dims4 const& dims) {
    places.dims = dims, places.strides[0] = places.strides[1] = 0, places.layout = local_layout::strided;
    return places;
}

// place = the greatest of places where x is `most`; marks is as large as x.
template <class Chip>
void mark_place(kernel_builder<Chip>& b, local_tensor const& place, local_tensor const& marks, local_tensor const& x,
                local_tensor const& most, local_tensor const& places) {
    using namespace cv18xx_emit;
    with_tensor<"tensor.sub">(b, marks, x, most); // 0, or less
    with_constant<"tensor.max">(b, marks, marks, -least_difference);
    with_constant<"tensor.mul">(b, marks, marks, 1 / least_difference);
    with_constant<"tensor.add">(b, marks, marks, 1);
    with_tensor<"tensor.mul">(b, marks, marks, places);
    largest_of_plane(b, place, marks);
}

} // namespace cv18xx_lowering

template <cv18xx_chip Chip>
struct lowering<op::arg, Chip> {
    static kernel_plan<Chip> plan(op::arg::attributes const& a, lowering_context const& c) {
        using namespace cv18xx_lowering;
        shape const& dims = c.operands[0]->dims;
        auto const gone = tpu_convert::detail::axis_set(op::arg::name, {a.axis}, dims.size());
        auto p = reducing_plan<Chip>(c, gone, 1);
        std::int64_t const length = p.inputs[0].global.dims[2] * p.inputs[0].global.dims[3];
        check_positions(c, length);
        add_places(p, !a.select_last_index);
        p.emit = [a, length](kernel_builder<Chip>& b, tile const& t) {
            local_tensor const& y = t.outputs[0];
            local_tensor x = t.inputs[0];
            local_tensor const marks = b.scratch(x.dims, x.type, x.layout), most = b.scratch(y.dims, y.type, y.layout);
            if (a.mode == arg_mode::min) {
                local_tensor const minus = b.scratch(x.dims, x.type, x.layout);
                cv18xx_emit::with_constant<"tensor.mul">(b, minus, x, -1);
                x = minus;
            }
            largest_of_plane(b, most, x);
            mark_place(b, y, marks, x, most, for_channels(t.inputs[1], x.dims));
            if (!a.select_last_index) cv18xx_emit::with_constant<"tensor.mul">(b, y, y, -1);
            cv18xx_emit::with_constant<"tensor.add">(b, y, y, a.select_last_index ? -1 : static_cast<double>(length));
        };
        return p;
    }
};

// One after the other; what was found is lowered below all others.
template <cv18xx_chip Chip>
struct lowering<op::top_k, Chip> {
    static kernel_plan<Chip> plan(op::top_k::attributes const& a, lowering_context const& c) {
        using namespace cv18xx_lowering;
        shape const& dims = c.operands[0]->dims;
        auto p = reducing_plan<Chip>(c, tpu_convert::detail::axis_set(op::top_k::name, {a.axis}, dims.size()), a.k);
        std::int64_t const length = p.inputs[0].global.dims[2] * p.inputs[0].global.dims[3];
        check_positions(c, length);
        add_places(p, true);
        p.emit = [k = a.k, largest = a.largest, length](kernel_builder<Chip>& b, tile const& t) {
            using namespace cv18xx_emit;
            dims4 const dims = t.inputs[0].dims, one{dims[0], dims[1], 1, 1};
            auto const places = for_channels(t.inputs[1], dims);
            local_tensor const left = b.scratch(dims, dtype::bf16), marks = b.scratch(dims, dtype::bf16);
            local_tensor const most = b.scratch(one, dtype::bf16), place = b.scratch(one, dtype::bf16);
            with_constant<"tensor.mul">(b, left, t.inputs[0], largest ? 1 : -1);
            for (std::int64_t i = 0; i < k; ++i) {
                largest_of_plane(b, most, left);
                mark_place(b, place, marks, left, most, places);
                with_constant<"tensor.mul">(b, part_of(t.outputs[0], 3, i, 1, 1), most, largest ? 1 : -1);
                local_tensor const position = part_of(t.outputs[1], 3, i, 1, 1);
                with_constant<"tensor.mul">(b, position, place, -1);
                with_constant<"tensor.add">(b, position, position, static_cast<double>(length));
                if (i + 1 < k) lower(b, left, marks, places, place);
            }
        };
        return p;
    }

private:
    // left -= 2^127 where places is `place`: what is there becomes the lowest.
    static void lower(kernel_builder<Chip>& b, local_tensor const& left, local_tensor const& marks, local_tensor const& places,
                      local_tensor const& place) {
        using namespace cv18xx_emit;
        with_tensor<"tensor.sub">(b, marks, places, place);
        equals_zero(b, marks, marks);
        add_product(b, left, marks, -0x1p127); // twice as much would overflow, into a positive number
    }
};

} // namespace tpu_convert
