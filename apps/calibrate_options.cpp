// Options of calibrate, with TPU-MLIR's names, defaults and meanings.
#include "command.hpp"

namespace tpu_convert::apps {

std::span<option const> calibrate_table() {
    using enum option_kind;
    static constexpr option table[] = {
        {.name = "mlir_file", .kind = positional, .help = "the .mlir file that transform wrote", .required = true},
        {.name = "dataset", .help = "folder of images, .npz and .npy files, one sample each"},
        {.name = "data_list",
         .help = "text file instead of a folder: one sample a line, files for several inputs parted by commas"},
        {.name = "input_num", .help = "how many samples; 0: all", .fallback = "0"},
        {.name = "calibration_table,o", .help = "the table to write", .required = true},
        {.name = "cali_method",
         .help = "how thresholds are chosen",
         .fallback = "kl",
         .choices =
             "kl mse max percentile9999 aciq_gauss aciq_laplace use_kl use_mse use_max use_percentile9999 use_aciq_gauss "
             "use_aciq_laplace"},
        {.name = "histogram_bin_num", .help = "bins of a tensor's first histogram", .fallback = "2048"},
        {.name = "tune_num", .help = "samples for the choice among larger thresholds; 0: no choice", .fallback = "5"},
        {.name = "debug_cmd", .help = "use_kl, use_mse... in place of --cali_method", .fallback = "{}"},
        {.name = "debug_log", .kind = flag, .help = "print every threshold"},
        {.name = "threads", .help = "processors to use; 0: all", .fallback = "0"},
        {.name = "processor", .help = "accepted; a table does not depend on the chip", .fallback = "bm1684x"},
        {.name = "chip", .help = "the same as --processor", .fallback = "bm1684x"},
        {.name = "tune_list", .help = "samples for tuning, as --data_list", .built = false},
        {.name = "we", .kind = flag, .help = "weight equalization", .built = false},
        {.name = "bc", .kind = flag, .help = "bias correction", .built = false},
        {.name = "sq", .kind = flag, .help = "SmoothQuant", .built = false},
        {.name = "smc", .kind = flag, .help = "softmax correction", .built = false},
        {.name = "bc_inference_num", .help = "samples for bias correction", .fallback = "30", .built = false},
        {.name = "search",
         .help = "search_threshold: the best of several methods; search_qtable: operators that stay in floating point too",
         .fallback = "False",
         .choices = "search_threshold search_qtable False"},
        {.name = "inference_num", .help = "samples for a search", .fallback = "30"},
        {.name = "quantize_table", .help = "with search_qtable: the file for those operators"},
        {.name = "pre_qtable", .help = "qtable that a search starts from", .built = false},
        {.name = "quantize_method_list",
         .kind = list,
         .help = "methods that are tried (search_threshold: kl,max,percentile9999,mse)"},
        {.name = "benchmark_method", .help = "how a search judges", .fallback = "cos", .built = false},
        {.name = "expected_cos", .help = "cosine of the outputs at which a search stops", .fallback = "0.99"},
        {.name = "min_layer_cos", .help = "below it an operator stays float", .fallback = "0.99", .built = false},
        {.name = "max_float_layers", .help = "tensors that a search may take to floating point", .fallback = "5"},
        {.name = "fp_type", .help = "type of those; auto: F16", .fallback = "auto", .choices = "auto F16 F32 BF16"},
        {.name = "mix_mode", .help = "which types a search mixes", .fallback = "wi8ai8_fp", .built = false},
        {.name = "cluster", .kind = flag, .help = "cluster a search's losses", .built = false},
        {.name = "global_compare_layers", .help = "tensors that a search compares", .built = false},
        {.name = "post_process", .help = "script that judges outputs", .built = false},
        {.name = "part_quantize", .help = "quantize some operators only", .built = false},
        {.name = "custom_operator", .kind = list, .help = "those operators", .built = false},
        {.name = "part_asymmetric", .kind = flag, .help = "asymmetric around SiLU and GELU", .built = false},
        {.name = "kurtosis_analysis", .kind = flag, .help = "write each tensor's kurtosis", .built = false},
        {.name = "transformer", .help = "transformer blocks stay float", .fallback = "False", .built = false},
    };
    return table;
}

} // namespace tpu_convert::apps
