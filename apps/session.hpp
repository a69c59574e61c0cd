// A network of any kind that this program runs, read once and run on many inputs.
#pragma once
#include "command.hpp"
#include "inputs.hpp"
#include <memory>
#include <optional>
#include <string>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/model_file/bmodel/file.hpp>
#include <tpu_convert/op/evaluate.hpp>
#include <vector>

namespace tpu_convert::apps {

// .onnx and .mlir by the reference, .bmodel by the machine.
class session {
public:
    // --model, with the types that --quantize asks for. The shapes are for .onnx files whose own vary.
    session(arguments const& a, std::vector<std::vector<std::int64_t>> const& input_shapes);

    session(session const&) = delete; // the evaluator knows where the network lies
    session& operator=(session const&) = delete;

    std::vector<input_port> const& inputs() const { return inputs_; }
    // In the network's order. A hazard of the machine is an error.
    std::vector<tensor> run(std::map<std::string, tensor> const& inputs);

private:
    std::vector<tensor> run_machine(std::map<std::string, tensor> const& inputs) const;

    std::string file_;
    std::vector<input_port> inputs_;
    std::optional<graph> network_;
    std::unique_ptr<evaluator> evaluator_;
    bmodel::file machine_file_;
};

} // namespace tpu_convert::apps
