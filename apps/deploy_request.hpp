// What deploy is asked for, checked before any work begins.
#pragma once
#include "command.hpp"
#include <set>
#include <string>
#include <tpu_convert/core/dtype.hpp>
#include <tpu_convert/pass/fuse_preprocess.hpp>
#include <tpu_convert/quantize/network_types.hpp>
#include <tpu_convert/report/compare.hpp>
#include <vector>

namespace tpu_convert::apps {

struct deploy_request {
    std::string mlir, model, chip;
    std::string quantize;            // in capitals
    bool own_scales = false;         // QDQ: the network's, instead of a calibration table
    dtype precision = dtype::f32;    // of float operators
    bool integer = false, asymmetric = false, matmul_per_channel = false, high_precision = false;
    bool channel_scales = true;      // before depthwise convolutions
    std::string calibration_table, quantize_table;
    // Which of them have the chip's type in the file: all, or numbers from 0.
    bool all_narrow_inputs = false, all_narrow_outputs = false;
    std::set<std::size_t> narrow_inputs, narrow_outputs;
    bool compare_all = false, validate = true, groups = true;
    bool file = true;                // to be written; otherwise only the quantized reference is compared
    bool least_memory = false;
    int effort = 2;
    std::string cache;               // folder of what searches found; empty: none
    compare_rules tolerance, correctness; // quantized reference against float; chip against quantized reference
    std::vector<std::string> test_input, excepts; // test_input: empty if there is nothing to validate with
    std::string test_reference, report, json;     // report: HTML or JSON by its suffix
    std::vector<std::string> report_images;
    bool raw_images = false;         // inputs are images as bytes: mean, scale and the order of channels are in the file
    raw_image_format image_format;
    std::vector<std::string> float_names; // what becomes of raw images, in floating point
};
// Throws model_error for combinations that cannot work.
deploy_request check_deploy(arguments const& a);
// --processor or --chip, one of the chips that there are.
std::string chip_of(arguments const& a);
// Only the options that choose the types of operators: --quantize, the tables, and the flags that go with them.
void read_operator_types(arguments const& a, deploy_request& r);
// The network with the types that the request asks for.
typed_network assign_types(graph const& g, deploy_request const& r);

} // namespace tpu_convert::apps
