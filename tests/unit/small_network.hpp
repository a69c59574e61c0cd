// A network with convolutions, poolings, a sum, a function and a Concat, which grows at its end, and a calibration table for it.
#pragma once
#include "op_helper.hpp"
#include <tpu_convert/chip/cv18xx/registry.hpp>
#include <tpu_convert/op/add.hpp>
#include <tpu_convert/op/avg_pool.hpp>
#include <tpu_convert/op/concat.hpp>
#include <tpu_convert/op/conv.hpp>
#include <tpu_convert/op/evaluate.hpp>
#include <tpu_convert/op/max_pool.hpp>
#include <tpu_convert/op/sigmoid.hpp>
#include <tpu_convert/op/upsample.hpp>
#include <tpu_convert/quantize/integer_rule.hpp>
#include <tpu_convert/quantize/network_types.hpp>
#include <tpu_convert/schedule/deploy.hpp>
#include <tpu_convert/simulate/run_cvimodel.hpp>

namespace small_network_test {

using namespace op_test;

// A network that grows at its end, with a calibration table that fits it.
class builder {
public:
    graph g;
    network_type_options options;
    tensor input;

    explicit builder(shape dims = {1, 3, 15, 21}) : input(noise(std::move(dims), 3)) {
        g.name = "small";
        options.integer = true, options.precision = dtype::bf16;
        last_ = add(node_kind::input, nullptr, {}, {}, "x", input.shape());
    }
    template <class Op>
    graph::ref operation(typename Op::attributes a, std::vector<graph::ref> operands, std::string const& name) {
        std::vector<shape> shapes;
        for (auto const& o : operands) shapes.push_back(g[o].dims);
        return add(node_kind::operation, &info_of<Op>(), a, operands, name, Op::infer(a, shapes)[0]);
    }
    graph::ref convolve(graph::ref x, std::int64_t filters, std::int64_t kernel, std::int64_t group, std::int64_t stride,
                        std::string const& name) {
        op::conv::attributes a;
        a.kernel_shape = {kernel, kernel}, a.strides = {stride, stride}, a.group = group, a.do_relu = true;
        a.pads.assign(4, kernel / 2);
        return operation<op::conv>(a, {x, weight({filters, g[x].dims[1] / group, kernel, kernel}, name + "_w"),
                                       weight({filters}, name + "_b")}, name);
    }
    graph::ref weight(shape dims, std::string const& name) {
        auto const made = add(node_kind::weight, nullptr, {}, {}, name, dims);
        g[made.node].payload = std::make_shared<tensor const>(noise(dims, ++seed_));
        return made;
    }
    graph::ref x() const { return last_; }

    // Ranges are those of the float network.
    typed_network typed() {
        std::map<std::string, tensor> const in{{"x", input}};
        evaluate_options all;
        all.keep = evaluate_options::keep_rule::all;
        for (auto const& [name, t] : evaluate_graph(g, in, all)) {
            double low = 0, high = 0;
            for (float v : t.values()) low = std::min<double>(low, v), high = std::max<double>(high, v);
            options.table.rows.set(name, {std::max(-low, high) + 1e-3, low, high});
        }
        options.table.rows.set("x", {1, -1, 1});
        return assign_network_types<cv18xx_rules>(g, options);
    }
    std::map<std::string, tensor> inputs() const { return {{"x", input}}; }
    // What the machine of the chip gives for the file of such a network.
    simulate::run_result run(any_file const& file) const {
        npz given;
        given.set("x", from_tensor(input));
        return simulate::run_cvimodel(std::get<cvimodel::file>(file), given);
    }

private:
    graph::ref add(node_kind kind, operation_info const* op, std::any attributes, std::vector<graph::ref> operands,
                   std::string name, shape dims) {
        node n;
        n.kind = kind, n.op = op, n.attributes = std::move(attributes);
        value v;
        v.name = std::move(name), v.dims = std::move(dims);
        n.results = {std::move(v)};
        return {g.add(std::move(n), operands), 0};
    }

    std::uint32_t seed_ = 10;
    graph::ref last_;
};

inline builder small_network(shape input = {1, 3, 15, 21}) {
    builder b(std::move(input));
    auto const first = b.convolve(b.x(), 12, 3, 1, 1, "first");
    auto const deep = b.convolve(first, 12, 3, 12, 1, "deep");
    auto const sum = b.operation<op::add>({}, {deep, first}, "sum");
    auto const act = b.operation<op::sigmoid>({}, {sum}, "act");
    op::max_pool::attributes half;
    half.kernel_shape = {2, 2}, half.strides = {2, 2};
    auto const small = b.operation<op::max_pool>(half, {act}, "small");
    auto const narrow = b.convolve(small, 5, 1, 1, 1, "narrow");
    op::upsample::attributes twice;
    twice.scale_h = twice.scale_w = 2;
    auto const wide = b.operation<op::upsample>(twice, {b.convolve(narrow, 5, 3, 1, 1, "even")}, "wide");
    op::concat::attributes joined;
    joined.axis = 1;
    op::avg_pool::attributes mean;
    mean.kernel_shape = {2, 2}, mean.strides = {2, 2};
    auto const both = b.operation<op::concat>(
        joined, {b.operation<op::avg_pool>(mean, {wide}, "mean"), narrow}, "both");
    b.g.outputs = {both};
    return b;
}

} // namespace small_network_test
