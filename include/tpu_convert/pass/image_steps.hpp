// Operators between a raw image and a network's input, one behind the other.
#pragma once
#include <array>
#include <string>
#include <tpu_convert/op/slice.hpp>
#include <tpu_convert/pass/rewrite.hpp>
#include <vector>

namespace tpu_convert::detail {

class image_steps {
public:
    image_steps(graph& g, std::string name, graph::ref first) : g_(&g), name_(std::move(name)), last_(first) {}

    graph::ref last() const { return last_; }
    shape const& dims() const { return (*g_)[last_].dims; }

    template <class Op>
    void add(typename Op::attributes const& a, std::string const& suffix) {
        add<Op>(a, suffix, {last_});
    }
    template <class Op>
    void add(typename Op::attributes const& a, std::string const& suffix, std::vector<graph::ref> const& from) {
        std::vector<shape> in;
        for (auto const& o : from) in.push_back((*g_)[o].dims);
        auto const type = (*g_)[from[0]].type;
        last_ = pass::add_operation<Op>(*g_, name_ + "_" + suffix, Op::infer(a, in)[0], a, from);
        (*g_)[last_].type = type;
    }
    // Part of an axis.
    void cut(std::size_t axis, std::int64_t begin, std::int64_t count, std::string const& suffix) {
        if (dims()[axis] == count) return;
        op::slice::attributes a;
        a.offset.assign(dims().size(), 0), a.steps.assign(dims().size(), 1), a.ends = dims();
        a.offset[axis] = begin, a.ends[axis] = begin + count;
        add<op::slice>(a, suffix);
    }
    void type(dtype t) { (*g_)[last_].type = t; }

private:
    graph* g_; // never null
    std::string name_;
    graph::ref last_;
};

} // namespace tpu_convert::detail
