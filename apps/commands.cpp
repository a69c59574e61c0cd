// The list of sub-commands.
#include "command.hpp"
#include <array>

namespace tpu_convert::apps {

std::span<command const> all_commands() {
    static std::array<command, 11> const table{{
        {"transform", "a network becomes Top-dialect .mlir text and its weights", "model_transform model_transform.py",
         transform_table(), &transform},
        {"deploy", "an .mlir file becomes a file for a chip", "model_deploy model_deploy.py", deploy_table(), &deploy},
        {"run", "runs an .onnx, .mlir or .bmodel file on an .npz file of inputs", "model_runner model_runner.py", run_table(),
         &run},
        {"inspect", "shows what a .bmodel or .cvimodel file holds", "model_tool", inspect_table(), &inspect},
        {"profile", "how long a .bmodel or .cvimodel file takes on its chip, and where the time goes", "", profile_table(),
         &profile},
        {"compare", "compares the arrays of two .npz files", "npz_tool npz_tool.py", compare_table(), &compare_files},
        {"doctor", "whether a network can be converted, or what this version has and lacks", "", doctor_table(), &doctor},
        {"calibrate", "finds the value ranges of a network's tensors", "run_calibration run_calibration.py",
         calibrate_table(), &calibrate_network},
        {"qtable", "finds the operators that must stay float", "run_qtable run_qtable.py", {}, nullptr},
        {"detect", "runs a YOLO detector on images and draws the boxes", "detect_yolov5 detect_yolov5.py", detect_table(),
         &detect},
        {"llm", "a HuggingFace folder becomes a .bmodel file", "llm_convert llm_convert.py", {}, nullptr},
    }};
    return table;
}

} // namespace tpu_convert::apps
