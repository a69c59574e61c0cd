// print_mlir
#pragma once
#include <algorithm>
#include <bit>
#include <cmath>
#include <fmt/format.h>
#include <iterator>
#include <map>
#include <tpu_convert/graph/mlir_text.hpp>
#include <tpu_convert/op/reference.hpp>
#include <variant>

namespace tpu_convert {

namespace detail {

TPU_CONVERT_INLINE std::string mlir_quoted(std::string_view text) {
    std::string out = "\"";
    for (char const c : text) {
        bool const plain = c >= ' ' && c <= '~' && c != '"' && c != '\\';
        if (plain || (c & 0x80)) out += c;
        else out += fmt::format("\\{:02X}", static_cast<unsigned char>(c));
    }
    return out + "\"";
}

// The shortest digits that give the same double; MLIR wants a point in them. Infinity and NaN have no digits.
TPU_CONVERT_INLINE std::string mlir_real(double v) {
    if (!std::isfinite(v)) return fmt::format("0x{:016X}", std::bit_cast<std::uint64_t>(v));
    auto text = fmt::format("{}", v);
    auto const e = text.find('e');
    if (text.find('.') == std::string::npos) text.insert(e == std::string::npos ? text.size() : e, ".0");
    return text;
}

TPU_CONVERT_INLINE std::string mlir_attribute(attribute_value const& v) {
    if (auto const* b = std::get_if<bool>(&v)) return *b ? "true" : "false";
    if (auto const* i = std::get_if<std::int64_t>(&v)) return fmt::format("{} : i64", *i);
    if (auto const* d = std::get_if<double>(&v)) return mlir_real(*d) + " : f64";
    if (auto const* s = std::get_if<std::string>(&v)) return mlir_quoted(*s);
    std::string out;
    if (auto const* list = std::get_if<std::vector<std::int64_t>>(&v))
        for (auto const i : *list) out += (out.empty() ? "" : ", ") + std::to_string(i);
    else
        for (auto const d : std::get<std::vector<double>>(v))
            out += (out.empty() ? "" : ", ") + mlir_real(d) + (std::isfinite(d) ? "" : " : f64");
    return "[" + out + "]";
}

TPU_CONVERT_INLINE std::string mlir_attributes(attribute_map const& map) {
    std::string out;
    for (auto const& [name, v] : map) out += (out.empty() ? "" : ", ") + name + " = " + mlir_attribute(v);
    return out.empty() ? "" : " {" + out + "}";
}

TPU_CONVERT_INLINE std::string mlir_type_text(value const& v) {
    std::string out = "tensor<";
    for (auto const d : v.dims) out += std::to_string(d) + "x";
    auto const element = info(v.type).mlir_name;
    if (v.scale != 0) { // quant types spell storage without a sign for signed integers
        auto const storage = is_signed(v.type) ? element.substr(1) : element.substr(0);
        auto const zero = v.zero_point ? ":" + std::to_string(v.zero_point) : "";
        std::string scales;
        for (double const s : v.channel_scales) scales += (scales.empty() ? "" : ", ") + mlir_real(s) + zero;
        if (scales.empty()) out += fmt::format("!quant.uniform<{}:f32, {}{}>", storage, mlir_real(v.scale), zero);
        else out += fmt::format("!quant.uniform<{}:f32:1, {{{}}}>", storage, scales);
    } else if (v.range) {
        out += fmt::format("!quant.calibrated<f32<{}:{}>>", mlir_real(v.range->first), mlir_real(v.range->second));
    } else {
        out += element;
    }
    return out + ">";
}

// Text of the operations, with numbers for their results and for their locations.
class mlir_printer {
public:
    explicit mlir_printer(graph const& g) : g_(g) {}

    std::string print(std::string_view weight_file) {
        std::string arguments, results, returned;
        auto const inputs = g_.inputs();
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            auto const& v = g_[inputs[i]].results[0];
            arguments += fmt::format("{}%arg{}: {} loc({})", i ? ", " : "", i, mlir_type_text(v), mlir_quoted(v.name));
            argument_[inputs[i]] = i;
        }
        body_ = "    %0 = \"top.None\"() : () -> none loc(#loc)\n";
        for (auto const i : inputs) operation(i); // in the network's order, whichever is used first
        for (auto const v : g_.order())
            if (g_[v].kind != node_kind::input) operation(v);
        for (auto const& o : g_.outputs) {
            returned += (returned.empty() ? "" : ", ") + reference(o);
            results += (results.empty() ? "" : ", ") + mlir_type_text(g_[o]);
        }
        std::string out = "#loc = loc(unknown)\nmodule @" + mlir_quoted(g_.name) + header(weight_file) + " {\n";
        out += "  func.func @main(" + arguments + ") -> (" + results + ") {\n" + body_;
        out += "    return " + returned + (results.empty() ? "" : " : ") + results + " loc(#loc)\n  } loc(#loc)\n} loc(#loc)\n";
        return out + locations_;
    }

private:
    std::string header(std::string_view weight_file) const {
        bool calibrated = false;
        for (auto const v : g_.order())
            for (auto const& r : g_[v].results) calibrated |= r.range.has_value();
        return fmt::format(" attributes {{module.chip = \"ALL\", module.platform = {}, module.state = \"{}\", "
                           "module.top_run_mode = \"STATIC\", module.weight_file = {}}}",
                           mlir_quoted(g_.platform), calibrated ? "TOP_CALIBRATED" : "TOP_F32", mlir_quoted(weight_file));
    }

    std::string reference(graph::ref r) const {
        if (!r) return "%0";
        auto const number = number_.at(r.node);
        return g_[r.node].results.size() == 1 ? fmt::format("%{}", number) : fmt::format("%{}#{}", number, r.result);
    }

    // loc(#locN), or of several names loc(fused[...]) under one alias
    std::string location(node const& n) {
        std::string fused;
        for (auto const& r : n.results) {
            locations_ += fmt::format("#loc{} = loc({})\n", ++location_count_, mlir_quoted(r.name));
            fused += fmt::format("{}#loc{}", fused.empty() ? "" : ", ", location_count_);
        }
        if (n.results.size() > 1) locations_ += fmt::format("#loc{} = loc(fused[{}])\n", ++location_count_, fused);
        return fmt::format(" loc(#loc{})\n", location_count_);
    }

    void operation(graph::id v) {
        node const& n = g_[v];
        std::string operands, operand_types, result_types, name = "Weight";
        attribute_map attributes;
        if (n.kind == node_kind::input) {
            name = "Input";
            operands = fmt::format("%arg{}", argument_.at(v));
            operand_types = mlir_type_text(n.results[0]);
            attributes = n.preprocess;
            if (attributes.empty()) attributes["do_preprocess"] = false;
        } else if (n.kind == node_kind::operation) {
            name = n.op->name;
            attributes = n.op->to_map(n.attributes);
            for (auto const& o : g_.operands(v)) {
                operands += (operands.empty() ? "" : ", ") + reference(o);
                operand_types += (operand_types.empty() ? "" : ", ") + (o ? mlir_type_text(g_[o]) : "none");
            }
        }
        for (auto const& r : n.results) result_types += (result_types.empty() ? "" : ", ") + mlir_type_text(r);
        bool const several = n.results.size() > 1;
        number_[v] = ++count_;
        body_ += fmt::format("    %{}{} = \"top.{}\"({}){} : ({}) -> {}{}{}", count_, several ? ":" +
                             std::to_string(n.results.size()) : "",
                             name, operands, mlir_attributes(attributes), operand_types, several ? "(" : "", result_types,
                             several ? ")" : "");
        body_ += location(n);
    }

    graph const& g_;
    std::map<graph::id, std::size_t> argument_, number_;
    std::string body_, locations_;
    std::size_t count_ = 0, location_count_ = 0;
};

} // namespace detail

TPU_CONVERT_INLINE std::string print_mlir(graph const& g, std::string_view weight_file) {
    return detail::mlir_printer(g).print(weight_file);
}

} // namespace tpu_convert
