#include "check.hpp"
#include "definitions.hpp"
#include <sstream>
#include <tpu_convert/pass/expand_compositions.hpp>
#include <tpu_convert/quantize/integer_rule.hpp>
#include <tpu_convert/quantize/network_types.hpp>

namespace tpu_convert::test {

namespace {

using named_tensors = std::map<std::string, tensor>;
using ints = std::vector<std::int64_t>;
using reals = std::vector<double>;

struct precision {
    dtype type;
    bool integer;
    std::string name() const { return integer ? "int8" : std::string(info(type).mlir_name); }
};

void write(std::ostream& to, attribute_value const& v) {
    std::visit([&]<class T>(T const& x) {
        if constexpr (std::is_same_v<T, ints> || std::is_same_v<T, reals>) {
            to << '[';
            for (std::size_t i = 0; i < x.size() && i < 12; ++i) to << (i ? "," : "") << x[i];
            to << (x.size() > 12 ? ",...]" : "]");
        } else to << x;
    }, v);
}

// Ranges of all tensors, as calibration would find them.
calibration_table ranges_of(graph const& top, named_tensors const& inputs) {
    auto const net = require_expansion(top).net;
    evaluate_options all;
    all.keep = evaluate_options::keep_rule::all;
    calibration_table table;
    for (auto const& [name, t] : evaluate_graph(net, inputs, all)) {
        double low = 0, high = 0;
        for (float const v : t.values()) low = std::min(low, double(v)), high = std::max(high, double(v));
        table.rows.set(name, {std::max({-low, high, least_threshold}), low, high});
    }
    return table;
}

network_type_options types_for(kernel_network const& n, precision p, named_tensors const& inputs) {
    network_type_options o;
    o.precision = p.type, o.integer = p.integer;
    if (p.integer) o.table = ranges_of(n.top, inputs);
    return o;
}

bool computes_integers(graph const& g) {
    for (auto const v : g.order())
        if (g[v].op && g[v].op->family == integer_family::name && g[v].op->name != "Quantize" && g[v].op->name != "Dequantize")
            return true;
    return false;
}

// Whether a value that is neither an end of the network nor a constant is a float.
bool computes_floats(graph const& g) {
    for (auto const v : g.order())
        if (g[v].op && g[v].op->name != "Quantize" && g[v].op->name != "Dequantize")
            for (auto const& r : g[v].results)
                if (is_float(r.type)) return true;
    return false;
}

class checker {
public:
    checker(kernel_case const& c, check_result& r) : case_(c), result_(r) {}

    void run(kernel_network const& n, precision p, named_tensors const& inputs) {
        try {
            graph typed = n.typed ? n.top : assign_network_types<bm168x_rules>(n.top, types_for(n, p, inputs)).net;
            if (p.integer && !computes_integers(typed)) return;
            bool const exact = case_.ulps == 0 || n.typed || (p.integer && !computes_floats(typed));
            compare(typed, n, p, inputs, exact ? 0 : case_.ulps);
            ++result_.checked;
        } catch (model_error const& e) {
            refused(p, e);
        } catch (std::exception const& e) {
            result_.faults.push_back(p.name() + ": " + e.what());
        }
    }

private:
    void refused(precision p, model_error const& e) {
        auto const code = e.code();
        if (code != error_code::lowering_missing && code != error_code::memory_exceeded && code != error_code::not_built_yet) {
            result_.faults.push_back(p.name() + ": " + e.line());
            return;
        }
        ++result_.refused;
        if (result_.reasons.empty() || result_.reasons.back() != e.what()) result_.reasons.push_back(e.what());
    }
    void compare(graph const& typed, kernel_network const& n, precision p, named_tensors const& inputs, double bound) {
        auto const expected = evaluate_graph(typed, inputs);
        deploy_options options;
        options.net_name = "case";
        simulate::bmodel_run_options checks;
        checks.fill = 0xFF;
        auto const file = std::get<bmodel::file>(deploy_typed<bm1684x>(typed, options).file);
        auto const run = simulate::run_bmodel(file, n.inputs, checks);
        for (auto const& h : run.hazards) result_.faults.push_back(p.name() + ": " + h);
        for (auto const& r : typed.outputs) {
            auto const& name = typed[r].name;
            kernel_result off;
            measure(p.integer ? dtype::f32 : p.type, to_tensor(run.outputs.at(name)), expected.at(name), off);
            if (off.ulps <= bound) continue;
            std::ostringstream text;
            text << p.name() << ": element " << off.worst << " of " << name << " is "
                 << to_tensor(run.outputs.at(name))[static_cast<std::int64_t>(off.worst)] << ", not "
                 << expected.at(name)[static_cast<std::int64_t>(off.worst)] << ": " << off.ulps << " half ulps, " << bound
                 << " are allowed";
            result_.faults.push_back(text.str());
        }
    }

    kernel_case const& case_;
    check_result& result_;
};

void check_definition(kernel_case const& c, kernel_network const& n, check_result& r) {
    auto const define = find_definition(c.op);
    if (!define) return;
    std::vector<grid> operands;
    for (auto const& t : n.values) {
        grid g(t.shape());
        std::copy(t.values().begin(), t.values().end(), g.values().begin());
        operands.push_back(g);
    }
    auto const wanted = define(find_operation(c.op)->to_map(find_operation(c.op)->from_map(c.attributes)), operands);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        tensor const& got = n.expected.at(i);
        double largest = 1e-6, off = 0;
        for (auto const v : wanted[i].values()) largest = std::max(largest, std::fabs(v));
        bool const same_shape = got.shape() == wanted[i].shape();
        for (std::int64_t k = 0; same_shape && k < got.size(); ++k) off = std::max(off, std::fabs(got[k] - wanted[i][k]));
        if (same_shape && off <= largest * std::max(1.0, c.ulps) * 0x1p-23) continue;
        r.faults.push_back("the reference gives " + to_string(got.shape()) + ", " + std::to_string(off / largest) +
                           " off its definition " + to_string(wanted[i].shape()));
    }
}

} // namespace

std::string describe(kernel_case const& c) {
    std::ostringstream text;
    text << c.op;
    for (auto const& o : c.operands) {
        text << (o.absent ? " none" : " " + to_string(o.dims)) << (o.weight ? "w" : "") << (o.whole ? "i" : "");
        if (o.type != dtype::f32) text << ":" << info(o.type).mlir_name;
    }
    for (auto const& [name, v] : c.attributes) text << ' ' << name << '=', write(text, v);
    return text.str();
}

check_result check(kernel_case const& c) {
    check_result r;
    try {
        std::vector<precision> precisions;
        for (auto const t : types_of(c)) precisions.push_back({t, false});
        if (!c.result) precisions.push_back({dtype::f16, true});
        for (auto const p : precisions) {
            auto const n = make_network(c, p.type);
            named_tensors inputs;
            for (auto const& [name, a] : n.inputs) inputs[name] = to_tensor(a);
            if (!c.result && p.type == dtype::f32) check_definition(c, n, r);
            checker(c, r).run(n, p, inputs);
        }
    } catch (std::exception const& e) {
        r.faults.push_back(e.what());
    }
    return r;
}

} // namespace tpu_convert::test
