// Nodes of a typed graph that take the place of one.
#pragma once
#include <tpu_convert/op/cast.hpp>
#include <tpu_convert/op/reshape.hpp>
#include <tpu_convert/pass/rewrite.hpp>

namespace tpu_convert::pass {

class typed_steps {
public:
    typed_steps(graph& g, graph::id v) : g_(g), v_(v), name_(g[v].results[0].name) {}

    // Its results have the type and the scale of the first operand, or a type.
    template <operation Op>
    ref add(typename Op::attributes a, std::vector<ref> const& from) {
        return made<Op>(std::move(a), from, g_[from[0]]);
    }
    template <operation Op>
    ref add(typename Op::attributes a, std::vector<ref> const& from, dtype type) {
        value like;
        like.type = type;
        return made<Op>(std::move(a), from, like);
    }
    // Its results have the type and the scale of `like`.
    template <operation Op>
    ref add_as(typename Op::attributes a, std::vector<ref> const& from, value const& like) {
        return made<Op>(std::move(a), from, value(like)); // a copy: nodes move when others are added
    }
    ref reshaped(ref from, shape dims) {
        op::reshape::attributes a;
        a.new_shape = std::move(dims);
        return add<op::reshape>(std::move(a), {from});
    }
    // Of the type and the scale of another value.
    ref weight(tensor values, ref like) {
        value v = g_[like];
        ref const w = pass::add_weight(g_, name_ + "_values", std::move(values));
        v.name = g_[w].name, v.dims = g_[w].dims;
        g_[w] = std::move(v);
        return w;
    }
    ref weight(tensor values, dtype type) {
        ref const w = pass::add_weight(g_, name_ + "_values", std::move(values));
        g_[w].type = type;
        return w;
    }
    // The node itself, with its results, does the last step.
    template <operation Op>
    void become(typename Op::attributes a, std::vector<ref> const& from) {
        pass::become<Op>(g_, v_, std::move(a), from);
    }
    // In the shape of the node's result, and in its type.
    void finish(ref from) {
        value const result = g_[v_].results[0]; // a copy: nodes move when others are added
        if (g_[from].type != result.type && is_float(g_[from].type) && is_float(result.type))
            return become<op::cast>({.to = std::string(info(result.type).mlir_name)}, {reshaped(from, result.dims)});
        op::reshape::attributes a;
        a.new_shape = result.dims;
        become<op::reshape>(std::move(a), {from});
    }
    shape const& dims(ref r) const { return g_[r].dims; }
    dtype type(ref r) const { return g_[r].type; }

private:
    template <operation Op>
    ref made(typename Op::attributes a, std::vector<ref> const& from, value const& like) {
        std::vector<shape> in;
        for (auto const& o : from) in.push_back(o ? g_[o].dims : absent_shape());
        node n;
        n.op = &info_of<Op>();
        for (auto& dims : Op::infer(a, in)) {
            value r = like;
            r.name = pass::unused_name(g_, name_ + "_" + std::string(Op::name)), r.dims = std::move(dims);
            if (!n.results.empty()) r.name += "_more";
            if (r.dims.size() < 2 || std::ssize(r.channel_scales) != r.dims[1]) r.channel_scales.clear();
            n.results.push_back(std::move(r));
        }
        n.attributes = std::move(a);
        return {g_.add(std::move(n), from), 0};
    }

    graph& g_;
    graph::id v_;
    std::string name_;
};

} // namespace tpu_convert::pass
