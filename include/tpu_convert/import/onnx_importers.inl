// The importer of an operator, from the tables of all groups.
#pragma once
#include <tpu_convert/import/onnx_context.hpp>

namespace tpu_convert::onnx_import {

TPU_CONVERT_INLINE import_function find_importer(std::string_view domain, std::string_view op) {
    if (!domain.empty() && domain != "com.microsoft") return nullptr;
    for (auto const table : {activation_importers(),    arithmetic_importers(),  bitwise_importers(),   contraction_importers(),
                             control_importers(),       convolution_importers(), function_importers(),  indexing_importers(),
                             known_value_importers(),   loss_importers(),        matrix_importers(),    movement_importers(),
                             normalization_importers(), patch_importers(),       quantized_importers(), recurrent_importers(),
                             reduction_importers(),     resize_importers(),      sampling_importers(),  shape_importers(),
                             signal_importers(),        unpooling_importers()})
        for (auto const& entry : table)
            if (entry.op == op) return entry.run;
    return nullptr;
}

} // namespace tpu_convert::onnx_import
