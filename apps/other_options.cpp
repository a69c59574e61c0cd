// Options of run, inspect, compare, detect and doctor, with TPU-MLIR's names, defaults and meanings.
#include "command.hpp"

namespace tpu_convert::apps {

using enum option_kind;

std::span<option const> run_table() {
    static constexpr option table[] = {
        {.name = "input", .kind = list, .help =
         "npz, npy or image files; arrays are taken by the inputs' names, .npy files in the inputs' order; for chips' files an "
         "array of the input's own type is what it stores, any other holds real numbers", .required = true},
        {.name = "model", .help = "the .onnx, .mlir, .bmodel or .cvimodel file to run", .required = true},
        {.name = "output", .help = "npz file for the outputs", .fallback = "_output.npz"},
        {.name = "dump_all_tensors", .kind = flag, .help = "write every tensor, not only the outputs"},
        {.name = "out_fixed", .kind = flag, .help = "integer outputs stay as they are stored"},
        {.name = "coeff", .help = ".bmodel: bytes of the weights, for a file that was stripped of them"},
        {.name = "order", .help = "chip files: which engine goes first where both could", .fallback = "eager-tiu",
         .choices = "eager-tiu eager-dma"},
        {.name = "no-checks", .kind = flag, .help = "chip files: do not look for races and for reads of memory never written"},
        {.name = "input_shapes", .kind = list, .help = ".onnx: shapes of all inputs (default: those of the given arrays)"},
        {.name = "quantize", .help = ".onnx, .mlir: compute as deploy's file would: F32, F16, BF16 or INT8"},
        {.name = "processor", .help = "with --quantize: the chip whose types and integers these are (default bm1684x)"},
        {.name = "chip", .help = "the same as --processor"},
        {.name = "calibration_table", .help = "with --quantize: file of value ranges that calibrate wrote"},
        {.name = "quantize_table", .help = "with --quantize: types of single operators, a file or name:mode,name:mode"},
        {.name = "asymmetric", .kind = flag, .help = "with --quantize INT8: asymmetric"},
        {.name = "matmul_perchannel", .kind = flag, .help = "with --quantize INT8: a scale for each column of weights"},
        {.name = "disable_channel_scales", .kind = flag, .help = "with --quantize INT8: no scales for single channels"},
        {.name = "high_precision", .kind = flag, .help = "with --quantize: average pooling and softmax in F32"},
        {.name = "debug", .kind = flag, .help = "print what is done"},
        {.name = "weight", .help = "the weights of a Caffe network", .built = false},
        {.name = "cuda", .kind = flag, .help = "run on a GPU", .built = false},
        {.name = "decrypt_lib", .help = "library that decrypts the file", .built = false},
    };
    return table;
}

std::span<option const> inspect_table() {
    static constexpr option table[] = {
        {.name = "info", .help = "networks, shapes and memory of the file"},
        {.name = "all", .kind = flag, .help = "with --info: everything"},
        {.name = "print", .help = "the file's tables as JSON"},
        {.name = "dump", .kind = list, .help = "file, start, size, output: copies a range of the file's bytes"},
        {.name = "chip", .help = "the chip that the file is for"},
        {.name = "disassemble", .help = "the file's commands as text"},
        {.name = "engine", .help = "with --disassemble: one engine only", .fallback = "all", .choices = "all tiu dma"},
        {.name = "is_dynamic", .help = "whether the file's networks take varying shapes"},
        {.name = "version", .help = "the version of the format that the file has"},
        {.name = "extract", .help = "one file for each network", .built = false},
        {.name = "combine", .kind = list, .help = "several files become one", .built = false},
        {.name = "combine_dir", .kind = list, .help = "several folders become one", .built = false},
        {.name = "output,o", .help = "output of the verbs that write a file"},
        {.name = "kernel_mode", .help = "how the run-time library is loaded", .built = false},
        {.name = "weight", .help = "the range of weight bytes of each operator", .built = false},
        {.name = "update_weight", .kind = list, .help = "replace weight bytes", .built = false},
        {.name = "combine_coeff", .kind = list, .help = "combine files with common weights", .built = false},
        {.name = "combine_coeff_dir", .kind = list, .help = "combine folders with common weights", .built = false},
        {.name = "encrypt", .kind = flag, .help = "encrypt a file", .built = false},
        {.name = "decrypt", .kind = flag, .help = "decrypt a file", .built = false},
        {.name = "refresh", .help = "rewrite a file", .built = false},
        {.name = "kernel_dump", .help = "write out the run-time library", .built = false},
        {.name = "kernel_update", .kind = list, .help = "replace the run-time library", .built = false},
        {.name = "kernel_remove", .help = "remove the run-time library", .built = false},
    };
    return table;
}

std::span<option const> compare_table() {
    static constexpr option table[] = {
        {.name = "target", .kind = positional, .help = "the npz file to judge", .required = true},
        {.name = "reference", .kind = positional, .help = "the npz file to judge it by", .required = true},
        {.name = "tolerance", .kind = list, .help = "lowest cosine and euclidean similarity", .fallback = "0.99,0.99"},
        {.name = "excepts", .kind = list, .help = "tensors that are left out", .fallback = "-"},
        {.name = "key,k", .help = "compare this tensor only"},
        {.name = "verbose,v", .kind = flag, .help = "print the figures of each tensor; more v print more"},
        {.name = "save,s", .help = "write the table as .csv"},
        {.name = "csv", .help = "the same as --save"},
        {.name = "json", .help = "write the table as .json"},
        {.name = "labels", .help = "npz file of the true classes: prints how often the largest value is right, for both files"},
        {.name = "only_key", .kind = flag, .help = "compare the names only"},
        {.name = "int8_tensor_close", .help = "1: int8 tensors must be equal; 0: they are compared like others", .fallback = "1",
         .choices = "0 1"},
        {.name = "per_axis_compare", .help = "compare each slice along this axis, the worst counts", .fallback = "-1"},
        {.name = "forall,a", .kind = flag, .help = "accepted; all tensors are always compared"},
        {.name = "full-array", .kind = flag, .help = "print whole arrays", .built = false},
        {.name = "stats_int8_tensor", .kind = flag, .help = "count saturated values", .built = false},
        {.name = "fuzzy_match", .kind = flag, .help = "match similar names", .built = false},
    };
    return table;
}

std::span<option const> detect_table() {
    static constexpr option table[] = {
        {.name = "family", .kind = positional, .help = "yolov5 or yolox", .fallback = "yolov5"},
        {.name = "model", .help = "the .onnx, .mlir or .bmodel file", .required = true},
        {.name = "input", .help = "an image, or a folder of images", .required = true},
        {.name = "output", .help = "the image with its boxes (.jpg, .png, .bmp), or a folder for them"},
        {.name = "json", .help = "write the boxes as .json: class, score, and left, top, right, bottom in pixels of the image"},
        {.name = "net_input_dims", .help = "height,width of the network's input (default: the network's own)"},
        {.name = "conf_thres", .help = "lowest score of a box that takes part in suppression", .fallback = "0.001"},
        {.name = "iou_thres", .help = "boxes of a class that overlap more are one", .fallback = "0.6"},
        {.name = "score_thres", .help = "lowest score of a box that is shown", .fallback = "0.5"},
        {.name = "quantize", .help = ".onnx, .mlir: compute as deploy's file would: F32, F16, BF16 or INT8"},
        {.name = "processor", .help = "with --quantize: the chip whose types and integers these are (default bm1684x)"},
        {.name = "chip", .help = "the same as --processor"},
        {.name = "calibration_table", .help = "with --quantize: file of value ranges that calibrate wrote"},
        {.name = "quantize_table", .help = "with --quantize: types of single operators, a file or name:mode,name:mode"},
        {.name = "asymmetric", .kind = flag, .help = "with --quantize INT8: asymmetric"},
        {.name = "matmul_perchannel", .kind = flag, .help = "with --quantize INT8: a scale for each column of weights"},
        {.name = "disable_channel_scales", .kind = flag, .help = "with --quantize INT8: no scales for single channels"},
        {.name = "high_precision", .kind = flag, .help = "with --quantize: average pooling and softmax in F32"},
        {.name = "fuse_preprocess", .kind = flag, .help = "the network takes raw images", .built = false},
        {.name = "fuse_postprocess", .kind = flag, .help = "the network's outputs are suppressed boxes", .built = false},
    };
    return table;
}

std::span<option const> doctor_table() {
    static constexpr option table[] = {
        {.name = "model", .kind = positional, .help = "an .onnx or .mlir file to examine; without it: what this version has"},
        {.name = "processor", .help = "the chip", .fallback = "bm1684x"},
        {.name = "quantize",
         .help = "types that memory and time are for (default: the floats that the chip has beside INT8)",
         .choices = "F32 F16 BF16 INT8"},
        {.name = "input_shapes", .help = "shapes of the inputs that are open, as for transform"},
        {.name = "input_constants", .kind = list, .help = "inputs frozen to a number, name=value,.."},
        {.name = "json", .help = "write the findings as .json"},
        {.name = "names", .kind = flag, .help = "list all nodes of each operator"},
        {.name = "markdown", .kind = flag, .help = "as a page of documentation"},
    };
    return table;
}

} // namespace tpu_convert::apps
