// apply_integer_rule for one generation of chips; includes the rules.
#pragma once
#include <array>
#include <tpu_convert/quantize/integer_rule.hpp>
#include <tpu_convert/quantize/rules/all.hpp>

namespace tpu_convert {

namespace detail {

inline void append_table(operation_info const& op, rule_context const& c, std::int64_t channel,
                         std::vector<std::int64_t>& table) {
    tensor x(shape{256}), y(shape{256});
    for (std::int64_t i = 0; i < 256; ++i) {
        std::int64_t const stored = is_signed(c.from[0].type) && i > 127 ? i - 256 : i;
        x[i] = static_cast<float>(c.from[0].real(static_cast<double>(stored), channel));
    }
    std::array<tensor const*, 1> const in{&x};
    op.evaluate(c.attributes, in, std::span(&y, 1));
    auto const low = static_cast<double>(lowest_of(c.to.type)), high = static_cast<double>(highest_of(c.to.type));
    for (float v : y.values()) {
        double const stored = std::round(v / c.to.scale_of(channel)) + static_cast<double>(c.to.zero_point);
        table.push_back(std::isnan(stored) ? c.to.zero_point : static_cast<std::int64_t>(std::clamp(stored, low, high)));
    }
}

// The function at each of the 256 inputs, at the result's scale; of each channel where channels have scales of their own.
inline rule_answer table_of(operation_info const& op, rule_context const& c) {
    if (bytes_of(c.from[0].type) != 1) return not_integer{"a table has 256 entries"};
    op::integer_table::attributes made;
    bool const by_channel = !c.from[0].channel_scales.empty() || !c.to.channel_scales.empty();
    std::int64_t const tables = by_channel ? c.results[0].at(1) : 1;
    for (std::int64_t channel = 0; channel < tables; ++channel) append_table(op, c, channel, made.table);
    return integer_node{&info_of<op::integer_table>(), std::move(made), {std::size_t{0}}};
}

// Movement: the same operator on whole numbers. Operands beyond the first are positions, but for Concat's.
inline rule_answer passed_through(operation_info const& op, rule_context const& c) {
    auto const map = op.to_map(c.attributes);
    auto const relu = map.find("do_relu");
    if (relu != map.end() && relu->second == attribute_value{true}) {
        auto const limit = map.find("relu_limit");
        bool const limited = limit != map.end() && std::get<double>(limit->second) > 0;
        if (limited || c.to.zero_point != 0) return not_integer{"a ReLU with a limit or a zero point"};
    }
    bool const joins = op.operands.most == any_number;
    integer_node n{&op, c.attributes, {}, joins};
    for (std::size_t i = 0; i < c.operands.size(); ++i) {
        if (i > 0 && !joins && c.operands[i] && !c.payloads[i] && c.from[i]) return not_integer{"two computed operands"};
        n.operands.push_back(i);
    }
    return n;
}

struct rule_entry {
    rule_answer (*make)(rule_context const&) = nullptr;
    bool free_zero_points = false;
    operation_info const* target = nullptr;
};

template <class Op, class Rules>
rule_entry entry_of() {
    rule_entry e{[](rule_context const& c) {
        return integer_rule<Op, Rules>::make(std::any_cast<typename Op::attributes const&>(c.attributes), c);
    }};
    e.target = &info_of<typename integer_rule<Op, Rules>::target>();
    if constexpr (requires { integer_rule<Op, Rules>::free_zero_points; })
        e.free_zero_points = integer_rule<Op, Rules>::free_zero_points;
    return e;
}

template <class Rules>
rule_entry find_integer_rule(std::string_view name) {
    rule_entry found;
    for_each(all_operations{}, [&]<class Op>(std::type_identity<Op>) {
        if constexpr (has_integer_rule<Op, Rules>)
            if (Op::name == name) found = entry_of<Op, Rules>();
    });
    return found;
}

} // namespace detail

template <class Rules>
rule_answer apply_integer_rule(operation_info const& op, rule_context const& c) {
    if (auto const rule = detail::find_integer_rule<Rules>(op.name); rule.make) return rule.make(c);
    if (op.quantization == quantize_rule::table) return detail::table_of(op, c);
    if (op.quantization == quantize_rule::keep_scale) return detail::passed_through(op, c);
    return not_integer{"there is no integer rule for " + std::string(op.name)};
}

template <class Rules>
operation_info const* integer_target(operation_info const& op) {
    if (auto const rule = detail::find_integer_rule<Rules>(op.name); rule.make) return rule.target;
    if (op.quantization == quantize_rule::table) return &info_of<op::integer_table>();
    return op.quantization == quantize_rule::keep_scale ? &op : nullptr;
}

template <class Rules>
bool has_free_zero_points(operation_info const& op) {
    auto const rule = detail::find_integer_rule<Rules>(op.name);
    return Rules::zero_points && (rule.make ? rule.free_zero_points : op.quantization == quantize_rule::table);
}

} // namespace tpu_convert
