// The grammar of MLIR's types of tensors, quantized ones too.
#pragma once
#include <algorithm>
#include <optional>
#include <string>
#include <tpu_convert/core/dtype.hpp>
#include <tpu_convert/core/shape.hpp>
#include <tpu_convert/graph/mlir_scanner.hpp>
#include <utility>
#include <variant>
#include <vector>

namespace tpu_convert::detail {

struct mlir_type {
    bool none = false; // the type `none`
    shape dims;
    dtype element = dtype::f32;
    std::optional<std::pair<double, double>> range;
    double scale = 0;
    std::int64_t zero_point = 0;
    std::vector<double> channel_scales{}; // along axis 1
};

class mlir_type_parser {
public:
    explicit mlir_type_parser(mlir_scanner& in) : in_(in) {}

    mlir_type type() {
        mlir_type t;
        if (in_.accept_word("none")) {
            t.none = true;
            return t;
        }
        if (!in_.accept_word("tensor")) in_.fail("expected a tensor type");
        in_.expect("<");
        std::int64_t count = 1;
        for (char c = in_.peek(); (c >= '0' && c <= '9') || c == '?' || c == '*'; c = in_.peek()) {
            if (c == '?' || c == '*')
                in_.fail("dimensions that vary at run time are not supported; give --input_shapes to transform");
            t.dims.push_back(in_.digits());
            if (t.dims.back() > 1 && count > (std::int64_t{1} << 46) / t.dims.back()) in_.fail("a tensor is too large");
            count *= t.dims.back() ? t.dims.back() : 1;
            if (t.dims.size() > 16) in_.fail("a tensor has more than 16 dimensions");
            if (!in_.accept_here('x')) in_.fail("a tensor type is malformed");
        }
        element(t);
        in_.expect(">");
        return t;
    }

private:
    void element(mlir_type& t) {
        if (in_.accept("!quant.calibrated")) {
            in_.expect("<"), in_.word(), in_.expect("<");
            auto const low = real();
            in_.expect(":");
            t.range = {low, real()};
            in_.expect(">"), in_.expect(">");
        } else if (in_.accept("!quant.uniform")) {
            in_.expect("<");
            t.element = element_type();
            if (in_.accept("<")) in_.number(), in_.expect(":"), in_.number(), in_.expect(">"); // storage range
            in_.expect(":"), in_.word();
            bool const by_channel = in_.accept(":");
            if (by_channel && in_.integer() != 1) in_.fail("scales along another axis than the channels' are not supported");
            in_.expect(",");
            if (by_channel) channel_scales(t);
            else scale(t);
            in_.expect(">");
        } else {
            t.element = element_type();
        }
    }
    double scale(mlir_type& t) {
        t.scale = real();
        t.zero_point = in_.accept(":") ? in_.integer() : 0;
        return t.scale;
    }
    // All channels have one zero point.
    void channel_scales(mlir_type& t) {
        in_.expect("{");
        double largest = 0;
        std::optional<std::int64_t> zero;
        do {
            t.channel_scales.push_back(scale(t));
            if (!(t.scale > 0)) in_.fail("a scale is not positive");
            if (zero.value_or(t.zero_point) != t.zero_point) in_.fail("channels with zero points of their own are not supported");
            zero = t.zero_point, largest = std::max(largest, t.scale);
        } while (in_.accept(","));
        in_.expect("}");
        t.scale = largest;
        if (t.dims.size() < 2 || static_cast<std::int64_t>(t.channel_scales.size()) != t.dims[1])
            in_.fail("a type has not one scale for each channel");
    }
    dtype element_type() {
        auto name = std::string(in_.word());
        if (name == "i1") name = "ui1";
        if (name.starts_with("i")) name = "s" + name; // signless integers are signed
        if (auto const t = dtype_named(name)) return *t;
        in_.fail("the element type '" + name + "' is not supported");
    }
    double real() {
        auto const n = in_.number();
        return n.index() ? std::get<double>(n) : static_cast<double>(std::get<std::int64_t>(n));
    }

    mlir_scanner& in_;
};

} // namespace tpu_convert::detail
