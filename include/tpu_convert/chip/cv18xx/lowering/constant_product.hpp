// Product with a constant right matrix: a 1x1 convolution with the columns in lanes.
#pragma once
#include <tpu_convert/chip/cv18xx/lowering/convolution_plan.hpp>

namespace tpu_convert::cv18xx_lowering {

// out(b, m, n) as (rows, columns, 1, 1), or where there are many rows as (batch, columns, 1, rows). A sum of more terms than a
// command has channels goes on along h: the window is as high as there are parts.
class constant_product {
public:
    // d: of the two operands, as op::mat_mul::dimensions gives it.
    constant_product(op::mat_mul::sizes const& d, lowering_context const& c, bool left_turned, bool right_turned)
        : batch_(element_count(d.left_batch)), rows_(d.rows), depth_(d.depth), columns_(d.columns),
          left_turned_(left_turned && c.operands[0]->dims.size() > 1),
          right_turned_(right_turned && c.operands[1]->dims.size() > 1) {
        if (depth_ <= size_limit / 2) return;
        for (parts_ = 8; parts_ > 1 && depth_ % parts_ != 0;) --parts_; // a channel takes a unit's room at least
        while (depth_ % parts_ != 0 || depth_ / parts_ > size_limit) ++parts_;
        if (parts_ > size_limit)
            throw model_error{error_code::lowering_missing, c.name, "a sum of " + std::to_string(depth_) + " products, a prime"};
    }

    // f: types, what channels have of their own; without window and group.
    template <class Chip>
    kernel_plan<Chip> plan(convolution_form const& f, lowering_context const& c,
                           std::function<void(kernel_builder<Chip>&, local_tensor const&)> finish) const {
        kernel_plan<Chip> p;
        p.inputs = {{0, left(), f.type},
                    {1, view::dense({1, columns_, parts_, depth_ / parts_}), f.type, local_layout::compact,
                     packed(*c.payloads[1], f.type)}};
        if (f.channels) p.inputs.push_back(*f.channels);
        p.outputs = {{0, result(), f.type}};
        p.cuts = limited_cuts();
        p.input_box = [depth = depth_ / parts_, parts = parts_, operands = p.inputs](std::size_t i, box const& b) -> box {
            if (i == 0) return {{b.begin[0], 0, 0, b.begin[3]}, {b.size[0], depth, parts, b.size[3]}};
            return of_channels(operands[i], b);
        };
        p.emit = [high = parts_, biased = f.biased, relu = f.relu, finish](kernel_builder<Chip>& b, tile const& t) {
            std::optional<local_tensor> channels;
            if (t.inputs.size() > 2) channels = t.inputs[2];
            window all;
            all.kernel_h = high;
            cv18xx_emit::convolution(b, t.outputs[0], t.inputs[0], t.inputs[1], channels, all, biased, relu);
            finish(b, t.outputs[0]);
        };
        return p;
    }

private:
    static constexpr std::int64_t few_rows = 16;
    bool few() const { return batch_ == 1 && rows_ <= few_rows; }

    view left() const {
        std::int64_t const row = left_turned_ ? 1 : depth_, step = left_turned_ ? rows_ : 1;
        std::int64_t const depth = depth_ / parts_, part = parts_ > 1 ? depth * step : 0;
        if (few()) return {{rows_, depth, parts_, 1}, {row, step, part, 1}, 0};
        return {{batch_, depth, parts_, rows_}, {rows_ * depth_, step, part, row}, 0};
    }
    view result() const {
        if (few()) return {{rows_, columns_, 1, 1}, {columns_, 1, 0, 1}, 0};
        return {{batch_, columns_, 1, rows_}, {rows_ * columns_, 1, 0, columns_}, 0};
    }
    packed_bytes packed(tensor const& right, dtype t) const {
        std::vector<float> rows(static_cast<std::size_t>(columns_ * depth_));
        for (std::int64_t n = 0; n < columns_; ++n)
            for (std::int64_t k = 0; k < depth_; ++k)
                rows[static_cast<std::size_t>(n * depth_ + k)] = right[right_turned_ ? n * depth_ + k : k * columns_ + n];
        return pack_dense(rows, t);
    }

    std::int64_t batch_, rows_, depth_, columns_, parts_ = 1;
    bool left_turned_, right_turned_;
};

} // namespace tpu_convert::cv18xx_lowering
