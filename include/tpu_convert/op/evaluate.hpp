// Shapes of a whole network, and its evaluation by the float reference.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/graph/graph.hpp>
#include <vector>

namespace tpu_convert {

// Sets the dims of every operation's results from those of inputs and weights. A network that does not fit together is an
// error that names the node, the operator and the shapes.
void infer_shapes(graph& g);

// Of one operation. The shapes of an operator that is described by others may depend on elements: `known` has those of operands
// that are there, else null.
std::vector<shape> result_shapes(node const& n, std::span<shape const> operands, std::span<tensor const* const> known);

struct evaluate_options {
    enum class keep_rule { outputs, all, named };
    keep_rule keep = keep_rule::outputs;
    std::vector<std::string> names{}; // for keep_rule::named
    std::function<void(std::size_t done, std::size_t total, std::string_view name)> progress{}; // after each operation
    // Each input, then each result when it is there; images may have their channels last.
    std::function<void(graph::ref, tensor const& values, bool channels_last)> observe{};
};

namespace backend {
class filters;
class session;
} // namespace backend

// Evaluates one network many times: order, lifetimes and prepared weights are kept. The network must outlive it unchanged.
class evaluator {
public:
    // `shared`: those of another evaluator of the same network, for another thread.
    explicit evaluator(graph const& g, std::shared_ptr<backend::filters> const& shared = {});
    ~evaluator();
    evaluator(evaluator const&) = delete;
    evaluator& operator=(evaluator const&) = delete;

    // Inputs and answers by tensor name. Weights are among the answers only as outputs.
    std::map<std::string, tensor> run(std::map<std::string, tensor> const& inputs, evaluate_options const& options = {});
    std::shared_ptr<backend::filters> const& filters() const { return filters_; }

private:
    // A result: its elements in the usual order or, for images, with channels last; or both.
    struct slot {
        tensor own, pixels;
        tensor const* value = nullptr; // `own`, or an input's or a weight's elements; null if only pixels are there
        std::size_t uses = 0;
    };

    void bind_inputs(std::map<std::string, tensor> const& inputs);
    void evaluate(graph::id v);
    bool channels_last(graph::id v, std::vector<shape> const& operands) const;
    tensor const* planes(graph::ref r);
    tensor const* pixels(graph::ref r);
    tensor take(shape const& dims);
    void give_back(tensor& t);
    void release(graph::ref r);
    void observe(graph::ref r, evaluate_options const& options) const;

    graph const& graph_;
    std::vector<graph::id> order_;
    std::vector<std::vector<slot>> slots_;                    // by node, by result
    std::map<std::int64_t, std::vector<tensor>> free_;        // by size, to be used again
    std::shared_ptr<backend::filters> filters_;
    std::unique_ptr<backend::session> session_;
};

std::map<std::string, tensor> evaluate_graph(graph const& g, std::map<std::string, tensor> const& inputs,
                                             evaluate_options const& options = {});

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/op/evaluate.inl>
#endif
