// Options of transform, with TPU-MLIR's names, defaults and meanings.
#include "command.hpp"
#include <array>

namespace tpu_convert::apps {

std::span<option const> transform_table() {
    using enum option_kind;
    static constexpr option table[] = {
        {.name = "model_name", .help = "the network's name: prefix of files, name of the module", .required = true},
        {.name = "model_def", .help = "the network: .onnx", .required = true},
        {.name = "mlir", .help = "the .mlir file to write; its weights and other files are written beside it", .required = true},
        {.name = "input_shapes", .kind = list, .help = "shapes of all inputs: [[1,3,224,224],[1,10]]; [] for a scalar"},
        {.name = "input_types", .kind = list, .help = "types of the inputs: float32, int32, int64..."},
        {.name = "input_constants", .kind = list, .help = "inputs that become constants: name=value"},
        {.name = "output_names", .kind = list, .help = "cut the network at these tensors"},
        {.name = "resize_dims", .help =
         "an image is resized to h,w, at least the network's size, then its centre is cut to that size (default: that size)"},
        {.name = "keep_aspect_ratio", .kind = flag, .help = "resize without stretching"},
        {.name = "keep_ratio_mode", .help = "pad the rest, or fill the size and cut what is over", .fallback = "letterbox",
         .choices = "letterbox short_side_scale"},
        {.name = "mean", .kind = list, .help = "for each channel: y = (x - mean) * scale", .fallback = "0,0,0"},
        {.name = "scale", .kind = list, .help = "for each channel: y = (x - mean) * scale", .fallback = "1,1,1"},
        {.name = "pixel_format", .help = "order of the channels that the network wants", .fallback = "bgr",
         .choices = "rgb bgr gray rgba rgbd gbrg grbg bggr rggb"},
        {.name = "channel_format", .help = "order of the network's axes; none: the inputs are no images", .fallback = "nchw",
         .choices = "nhwc nchw none"},
        {.name = "pad_value", .help = "fills what a letterbox leaves free", .fallback = "0"},
        {.name = "pad_type", .help = "where the image lies in the letterbox: in the centre or at the top left", .fallback =
         "center",
         .choices = "normal center"},
        {.name = "preprocess_list", .kind = list, .help = "numbers of the inputs that are images, from 1 (default: all)"},
        {.name = "test_input", .kind = list, .help = "jpg, png, npy or npz files to run the network on"},
        {.name = "test_result", .help = "npz file for all tensors of that run"},
        {.name = "tolerance", .kind = list, .help = "cosine and euclidean similarity that --test_reference must reach",
         .fallback = "0.99,0.99"},
        {.name = "test_reference", .help = "npz file of another runtime's outputs, to compare the run with"},
        {.name = "excepts", .kind = list, .help = "tensors that are left out of comparisons", .fallback = "-"},
        {.name = "debug", .kind = flag, .help = "print every pass"},
        {.name = "not_inference", .kind = flag, .help = "convert only"},
        {.name = "log_level", .help = "1 prints every pass", .fallback = "0", .choices = "0 1"},
        {.name = "onnx_sim", .help = "skip_fuse_bn is not built yet", .built = false},
        {.name = "do_onnx_sim", .help = "constants are always folded", .fallback = "True", .choices =
         "True False true false 1 0"},
        {.name = "cache_skip", .kind = flag, .help = "accepted; nothing is cached"},
        {.name = "model_data", .help = "the weights of a Caffe network", .built = false},
        {.name = "model_extern", .kind = list, .help = "more model files", .built = false},
        {.name = "yuv_type", .help = "layout of a .yuv input", .built = false},
        {.name = "add_postprocess", .help = "append a detector's post-processing", .built = false},
        {.name = "pruning", .help = "pruning configuration", .built = false},
        {.name = "dynamic", .kind = flag, .help = "keep symbolic dimensions", .built = false},
        {.name = "dynamic_shape_input_names", .kind = list, .help = "inputs of varying shape", .built = false},
        {.name = "shape_influencing_input_names", .kind = list, .help = "inputs whose values set shapes", .built = false},
        {.name = "op_custom_shape", .help = "forced output shapes", .built = false},
        {.name = "replace_topk_indices", .help = "reuse the source's TopK indices", .fallback = "False", .built = false},
        {.name = "struct_optimize", .help = "structural preset", .fallback = "0", .built = false},
        {.name = "use_rewriter_config", .kind = flag, .help = "file of rewrites", .built = false},
        {.name = "enable_maskrcnn", .kind = flag, .help = "MaskRCNN in parts", .built = false},
        {.name = "path_yaml", .help = "MaskRCNN in parts", .built = false},
        {.name = "patterns_count", .help = "expected numbers of rewrites", .fallback = "{}", .built = false},
        {.name = "debug_cmd", .help = "debugging switches", .built = false},
    };
    return table;
}

} // namespace tpu_convert::apps
