// The dimensions of the input, from start to end.
#pragma once
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/infer.hpp>
#include <vector>

namespace tpu_convert::op {

struct shape_of {
    using family = movement_family;
    static constexpr std::string_view name = "Shape";
    static constexpr operand_count operands{1, 1};
    static constexpr quantize_rule quantization = quantize_rule::float_only;

    struct attributes {
        std::optional<std::int64_t> start{};
        std::optional<std::int64_t> end{};
        std::optional<std::int64_t> step{};

        static constexpr auto fields() {
            return field_list{attribute{"start", &attributes::start}, attribute{"end", &attributes::end},
                              attribute{"step", &attributes::step}};
        }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        shape const all{std::ssize(in[0])};
        auto const r = detail::slice_ranges(name, all, {a.start.value_or(0)}, {a.end.value_or(all[0])}, {a.step.value_or(1)}, {});
        return {{r[0].count}};
    }

    static void compose(attributes const& a, composition& c);

    template <class Tensor>
    static void evaluate(attributes const& a, std::span<Tensor const* const> in, std::span<Tensor> out) {
        using T = typename Tensor::value_type;
        shape const all{static_cast<std::int64_t>(in[0]->rank())};
        auto const r =
            detail::slice_ranges(name, all, {a.start.value_or(0)}, {a.end.value_or(all[0])}, {a.step.value_or(1)}, {})[0];
        for (std::int64_t i = 0; i < r.count; ++i)
            out[0][i] = static_cast<T>(in[0]->dim(static_cast<std::size_t>(r.first + i * r.step)));
    }
};

} // namespace tpu_convert::op
