// Whether what a network computes can be seen to have no negative elements; positions that are not are counted from the end.
#pragma once
#include <algorithm>
#include <set>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/graph/graph.hpp>
#include <tpu_convert/op/abs.hpp>
#include <tpu_convert/op/add.hpp>
#include <tpu_convert/op/add_const.hpp>
#include <tpu_convert/op/arg.hpp>
#include <tpu_convert/op/cast.hpp>
#include <tpu_convert/op/clip.hpp>
#include <tpu_convert/op/compare_const.hpp>
#include <tpu_convert/op/div.hpp>
#include <tpu_convert/op/floor.hpp>
#include <tpu_convert/op/gather.hpp>
#include <tpu_convert/op/mul.hpp>
#include <tpu_convert/op/mul_const.hpp>
#include <tpu_convert/op/reference.hpp>
#include <tpu_convert/op/sign.hpp>
#include <tpu_convert/op/top_k.hpp>

namespace tpu_convert::detail {

class never_negative {
public:
    explicit never_negative(graph const& g) : g_(g) {}

    bool operator()(graph::ref r) {
        node const& n = g_[r.node];
        if (n.kind == node_kind::weight)
            return std::all_of(n.payload->values().begin(), n.payload->values().end(), [](float v) { return v >= 0; });
        if (n.kind != node_kind::operation) return !is_float(g_[r].type) && !is_signed(g_[r].type);
        if (seen_.contains(r.node)) return false; // shared: looked at once, so that this takes no longer than the network is
        seen_.insert(r.node);
        auto const operands = g_.operands(r.node);
        if (n.op == &info_of<op::abs>() || n.op == &info_of<op::arg>()) return true;
        if (n.op == &info_of<op::top_k>() && r.result == 1) return true;
        if (n.op == &info_of<op::clip>()) return attributes_of<op::clip>(n).min >= 0;
        if (n.op == &info_of<op::add>() && counts_from_end(operands[0], operands[1])) return true;
        if (n.op == &info_of<op::mul_const>() && attributes_of<op::mul_const>(n).const_val < 0) return false;
        if (n.op == &info_of<op::add_const>() && attributes_of<op::add_const>(n).const_val < 0) return false;
        operation_info const* const keep[]{&info_of<op::add>(),       &info_of<op::mul>(),   &info_of<op::mul_const>(),
                                           &info_of<op::add_const>(), &info_of<op::cast>(),  &info_of<op::floor>(),
                                           &info_of<op::gather>(),    &info_of<op::div>(),   &info_of<op::sign>()};
        if (n.op->family != movement_family::name && std::find(std::begin(keep), std::end(keep), n.op) == std::end(keep))
            return false;
        return std::all_of(operands.begin(), operands.end(), [this](graph::ref o) { return !o || (*this)(o); });
    }

private:
    template <class Op>
    static typename Op::attributes const& attributes_of(node const& n) {
        return std::any_cast<typename Op::attributes const&>(n.attributes);
    }
    // x + size (x < 0)
    bool counts_from_end(graph::ref x, graph::ref more) const {
        if (g_[more.node].op != &info_of<op::mul_const>()) return false;
        auto const below = g_.operands(more.node)[0];
        if (g_[below.node].op != &info_of<op::compare_const>() || !(g_.operands(below.node)[0] == x)) return false;
        auto const& a = attributes_of<op::compare_const>(g_[below.node]);
        return a.mode == compare_mode::less && a.const_val == 0;
    }

    graph const& g_;
    std::set<graph::id> seen_;
};

} // namespace tpu_convert::detail
