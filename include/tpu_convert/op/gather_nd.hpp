// Parts at positions that the last axis of the indices lists.
#pragma once
#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/infer.hpp>
#include <tuple>
#include <vector>

namespace tpu_convert::op {

struct gather_nd {
    using family = indexing_family;
    static constexpr std::string_view name = "GatherND";
    static constexpr operand_count operands{2, 2};
    static constexpr quantize_rule quantization = quantize_rule::keep_scale;

    struct attributes {
        std::optional<std::int64_t> indice_dims;
        std::int64_t batch_dims = 0;

        static constexpr auto fields() {
            return std::tuple{attribute{"indice_dims", &attributes::indice_dims},
                              attribute{"batch_dims", &attributes::batch_dims}};
        }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        auto const& d = in[0];
        auto const& i = in[1];
        auto const batch = a.batch_dims;
        if (i.empty() || batch < 0 || batch >= std::ssize(i) || batch >= std::ssize(d) || i.back() < 1 ||
            i.back() > std::ssize(d) - batch || !std::equal(i.begin(), i.begin() + batch, d.begin()))
            detail::bad_shape(
                name, "indices " + to_string(i) + " do not fit " + to_string(d) + " with batch_dims " + std::to_string(batch));
        shape out(i.begin(), i.end() - 1);
        out.insert(out.end(), d.begin() + batch + i.back(), d.end());
        return {out};
    }
};

} // namespace tpu_convert::op
