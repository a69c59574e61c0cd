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
#include <tpu_convert/op/kernel/index.hpp>
#include <vector>

namespace tpu_convert::op {

struct gather_nd {
    using family = indexing_family;
    static constexpr std::string_view name = "GatherND";
    static constexpr operand_count operands{2, 2};
    static constexpr quantize_rule quantization = quantize_rule::keep_scale;

    struct attributes {
        std::optional<std::int64_t> indice_dims{};
        std::int64_t batch_dims = 0;

        static constexpr auto fields() {
            return field_list{attribute{"indice_dims", &attributes::indice_dims},
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

    static void compose(attributes const& a, composition& c);

    template <class Tensor>
    static void evaluate(attributes const& a, std::span<Tensor const* const> in, std::span<Tensor> out) {
        auto const& x = *in[0];
        auto const batch = static_cast<std::size_t>(a.batch_dims), deep = static_cast<std::size_t>(in[1]->shape().back());
        auto const strides = dense_strides(x.shape());
        std::int64_t batches = 1;
        for (std::size_t i = 0; i < batch; ++i) batches *= x.dim(i);
        auto const part = strides[batch + deep - 1], rows = in[1]->size() / static_cast<std::int64_t>(deep);
        for (std::int64_t r = 0; r < rows; ++r) {
            std::int64_t from = r / (rows / batches) * (x.size() / batches);
            for (std::size_t k = 0; k < deep; ++k)
                from += kernel::checked_index(name, (*in[1])[r * static_cast<std::int64_t>(deep) + static_cast<std::int64_t>(k)],
                                              x.dim(batch + k)) * strides[batch + k];
            std::copy_n(x.data() + from, part, out[0].data() + r * part);
        }
    }
};

} // namespace tpu_convert::op
