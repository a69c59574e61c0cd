// Rows follow the cells of strides 8, 16 and 32: x = (tx + column) stride, w = exp(tw) stride; scores are final.
#pragma once
#include <cmath>
#include <tpu_convert/vision/yolox.hpp>

namespace tpu_convert::vision {

TPU_CONVERT_INLINE preprocess_options yolox::preprocessing() {
    preprocess_options o;
    o.keep_aspect_ratio = true, o.pad_value = 114, o.pad_type = "normal";
    return o;
}

TPU_CONVERT_INLINE detections yolox::decode(std::span<tensor const> outputs, decode_request const& r) {
    std::int64_t cells = 0;
    for (std::int64_t stride = 8; stride <= 32; stride *= 2) cells += (r.height / stride) * (r.width / stride);
    if (outputs.size() != 1 || !is_row_list(outputs[0]) || outputs[0].size() != cells * outputs[0].shape().back())
        no_such_form(name, outputs, "one [1," + std::to_string(cells) + ",5 + classes] for this input");
    tensor const& t = outputs[0];
    auto const columns = t.shape().back();
    detections found{{}, static_cast<std::size_t>(columns - first_class)};
    float const* row = t.data();
    for (std::int64_t stride = 8; stride <= 32; stride *= 2)
        for (std::int64_t y = 0; y < r.height / stride; ++y)
            for (std::int64_t x = 0; x < r.width / stride; ++x, row += columns) {
                auto const best = best_class(row, 1, columns, [](float s) { return s; });
                if (!(best.score >= r.threshold)) continue;
                auto const step = static_cast<double>(stride);
                double const width = std::exp(static_cast<double>(row[2])), height = std::exp(static_cast<double>(row[3]));
                auto const b = around((row[0] + static_cast<double>(x)) * step, (row[1] + static_cast<double>(y)) * step,
                                      width * step, height * step, best);
                if (is_finite(b)) found.boxes.push_back(b);
            }
    return found;
}

} // namespace tpu_convert::vision
