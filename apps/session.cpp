// Sessions.
#include "machine_run.hpp"
#include "session.hpp"
#include "typed_network.hpp"
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/io/npz.hpp>
#include <tpu_convert/model_file/bmodel/reader.hpp>
#include <tpu_convert/simulate/run_bmodel.hpp>

namespace tpu_convert::apps {

session::session(arguments const& a, std::vector<std::vector<std::int64_t>> const& input_shapes) : file_(a.text("model")) {
    check_typing(a);
    if (!file_.ends_with(".bmodel")) {
        network_ = load_typed_network(a, input_shapes);
        inputs_ = ports_of(*network_);
        evaluator_ = std::make_unique<evaluator>(*network_);
        return;
    }
    machine_file_ = bmodel::read(file_);
    inputs_ = ports_of(machine_file_);
}

std::vector<tensor> session::run(std::map<std::string, tensor> const& inputs) {
    if (!network_) return run_machine(inputs);
    auto found = evaluator_->run(inputs);
    std::vector<tensor> outputs;
    for (auto const r : network_->outputs) outputs.push_back(found.at((*network_)[r].name));
    return outputs;
}

std::vector<tensor> session::run_machine(std::map<std::string, tensor> const& inputs) const {
    npz given;
    for (auto const& [name, t] : inputs) given.set(name, from_tensor(t));
    auto const result = simulate::run_bmodel(machine_file_, given);
    if (!result.hazards.empty())
        throw model_error{error_code::machine_hazard, file_,
                          std::to_string(result.hazards.size()) + " hazards; the first: " + result.hazards[0]};
    std::vector<tensor> outputs;
    for (auto const& [name, a] : result.outputs) outputs.push_back(to_tensor(a));
    return outputs;
}

} // namespace tpu_convert::apps
