// A small network that is worth a group.
#pragma once
#include "graph_helper.hpp"
#include <tpu_convert/op/conv.hpp>
#include <tpu_convert/op/evaluate.hpp>
#include <tpu_convert/op/relu.hpp>

namespace op_test {

// Three 3x3 convolutions of 32 channels, the first with a ReLU behind it that is an output as well.
inline graph three_convolutions(std::int64_t rows) {
    graph g;
    g.name = "three";
    graph::ref last{add_input(g, "x", {1, 32, rows, 64}), 0};
    for (char const* name : {"a", "b", "c"}) {
        graph::ref const w{add_weight(g, std::string("w") + name, tensor(shape{32, 32, 3, 3})), 0};
        op::conv::attributes a;
        a.kernel_shape = {3, 3}, a.strides = {1, 1}, a.pads = {1, 1, 1, 1};
        last = {add<op::conv>(g, name, a, {last, w, {}}), 0};
        if (name[0] != 'a') continue;
        last = {add<op::relu>(g, "r", {}, {last}), 0};
        g.outputs.push_back(last);
    }
    g.outputs.push_back(last);
    infer_shapes(g);
    return g;
}

} // namespace op_test
