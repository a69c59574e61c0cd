// One operator as a network: deployed for the BM1684X, run on the machine, compared with the float reference.
#pragma once
#include <cmath>
#include <cstdint>
#include <cstring>
#include <optional>
#include <random>
#include <string>
#include <tpu_convert/chip/bm1684x/chip.hpp>
#include <tpu_convert/core/float16.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/io/npz.hpp>
#include <tpu_convert/op/evaluate.hpp>
#include <tpu_convert/op/reference.hpp>
#include <tpu_convert/schedule/deploy.hpp>
#include <tpu_convert/simulate/run_bmodel.hpp>
#include <vector>

namespace tpu_convert::test {

struct kernel_operand {
    shape dims;
    double low = -1, high = 1;
    bool weight = false;
    bool whole = false; // whole numbers
    dtype type = dtype::f32; // in networks whose types are given
    bool absent = false;     // not given
    std::vector<float> values{}; // instead of random ones
};

struct kernel_case {
    std::string op;
    attribute_map attributes;
    std::vector<kernel_operand> operands;
    double ulps = 8; // allowed, in half units of the last place of the largest magnitude of the result
    std::optional<dtype> result = std::nullopt; // with the operands' types: a typed network of integers, compared exactly
    std::uint32_t seed = 12345;                 // of the operands' values
};

inline constexpr dtype kernel_types[]{dtype::f32, dtype::f16, dtype::bf16};
// What a case is compiled for.
inline std::vector<dtype> types_of(kernel_case const& c) {
    if (c.result) return {*c.result};
    return {std::begin(kernel_types), std::end(kernel_types)};
}
inline double half_ulp(dtype t) { return t == dtype::f32 ? 0x1p-24 : t == dtype::f16 ? 0x1p-11 : 0x1p-8; }

inline std::string title(kernel_case const& c, dtype t) {
    std::string text = c.op + " " + std::string(info(t).mlir_name);
    for (auto const& o : c.operands) text += " " + to_string(o.dims);
    return text;
}

// Its name in recordings.
inline std::string stem_of(std::size_t index, kernel_case const& c, dtype t) {
    return std::to_string(index) + "_" + c.op + "_" + std::string(info(t).mlir_name);
}

inline float held(float f, dtype t) {
    return t == dtype::f16 ? f16_to_f32(f32_to_f16(f)) : t == dtype::bf16 ? bf16_to_f32(f32_to_bf16(f)) : f;
}

// Values that the type holds, the same on every computer.
inline tensor make_values(kernel_operand const& o, dtype t, std::mt19937& random) {
    tensor values(o.dims);
    if (!o.values.empty()) return tensor(o.dims, o.values);
    for (auto& v : values.values()) {
        double const share = static_cast<double>(random() >> 8) * 0x1p-24, x = o.low + (o.high - o.low) * share;
        float const f = static_cast<float>(o.whole ? std::floor(x) : x);
        v = held(f, t);
    }
    return values;
}

struct kernel_network {
    graph top;
    npz inputs;
    std::vector<tensor> values, expected; // of operands and results
    bool typed = false;
};

inline kernel_network make_network(kernel_case const& c, dtype t) {
    kernel_network n;
    n.typed = c.result.has_value();
    std::mt19937 random(c.seed);
    std::vector<graph::ref> refs;
    std::vector<shape> shapes;
    std::vector<tensor>& values = n.values;
    for (auto const& o : c.operands) {
        if (o.absent) {
            values.emplace_back(), shapes.push_back(absent_shape()), refs.push_back({});
            continue;
        }
        values.push_back(make_values(o, n.typed ? o.type : t, random));
        shapes.push_back(o.dims);
        node source;
        source.kind = o.weight ? node_kind::weight : node_kind::input;
        source.results = {value{"in" + std::to_string(refs.size()), o.dims, o.type, 0, 0, {}}};
        if (o.weight) source.payload = std::make_shared<tensor>(values.back());
        else n.inputs.set(source.results[0].name, from_tensor(values.back()));
        refs.push_back({n.top.add(source), 0});
    }
    operation_info const& op = *find_operation(c.op);
    node made;
    made.op = &op;
    made.attributes = op.from_map(c.attributes);
    std::vector<tensor const*> operands;
    for (std::size_t i = 0; i < values.size(); ++i) operands.push_back(refs[i] ? &values[i] : nullptr);
    for (auto const& dims : result_shapes(made, shapes, operands)) {
        made.results.push_back(value{"out" + std::to_string(n.expected.size()), dims, c.result.value_or(dtype::f32), 0, 0, {}});
        n.expected.emplace_back(dims);
    }
    op.evaluate(made.attributes, operands, n.expected);
    for (auto& e : n.expected)
        for (auto& v : e.values()) v = n.typed ? held(v, t) : v;
    auto const id = n.top.add(made, refs);
    for (std::size_t r = 0; r < n.expected.size(); ++r) n.top.outputs.push_back({id, r});
    return n;
}

inline bmodel::file compile(kernel_network const& n, dtype t) {
    deploy_options options;
    options.net_name = "kernel";
    options.types.precision = t;
    if (n.typed) return std::get<bmodel::file>(deploy_typed<bm1684x>(n.top, options).file);
    return std::get<bmodel::file>(deploy<bm1684x>(n.top, options).file);
}

struct kernel_result {
    std::size_t worst = 0; // element
    double ulps = 0;       // its error
    std::vector<std::string> hazards;
    std::uint64_t hash = 1469598103934665603u; // FNV-1a of the outputs' bytes
};

// Largest error of a result in half ulps of its largest magnitude.
inline void measure(dtype t, tensor const& got, tensor const& want, kernel_result& r) {
    double largest = 0;
    for (float v : want.values()) largest = std::max(largest, static_cast<double>(std::fabs(v)));
    for (std::int64_t i = 0; i < want.size(); ++i) {
        double const off = got[i] == want[i] ? 0 : std::fabs(static_cast<double>(got[i]) - static_cast<double>(want[i]));
        double const error = off / std::max(largest, 1e-6) / half_ulp(t);
        if (error <= r.ulps) continue;
        r.ulps = error, r.worst = static_cast<std::size_t>(i);
    }
}

inline kernel_result run_kernel(kernel_case const& c, dtype t) {
    kernel_network const n = make_network(c, t);
    simulate::bmodel_run_options options;
    options.fill = 0xFF;
    auto const run = simulate::run_bmodel(compile(n, t), n.inputs, options);
    kernel_result r;
    r.hazards = run.hazards;
    for (std::size_t i = 0; i < n.expected.size(); ++i) {
        array const& out = run.outputs.at("out" + std::to_string(i));
        for (std::byte const b : out.bytes) r.hash = (r.hash ^ static_cast<std::uint64_t>(b)) * 1099511628211u;
        measure(t, to_tensor(out), n.expected[i], r);
    }
    return r;
}

} // namespace tpu_convert::test
