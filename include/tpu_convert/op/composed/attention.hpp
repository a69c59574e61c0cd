// Attention of several heads with the products that make queries, keys, values and the result.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>
#include <vector>

namespace tpu_convert::op {

struct attention : composed<attention> {
    static constexpr std::string_view name = "Attention";
    static constexpr operand_count operands{10, 12};

    struct attributes {
        double scale = 0;
        std::int64_t head = 0;
        std::int64_t dim = 0;
        std::vector<double> scale_param{};
        std::vector<std::int64_t> zp_param{};
        std::int64_t has_bias = 0;
        std::int64_t num_kv_heads = 0;
        std::int64_t head_dim = 0;
        bool causal = true;
        std::optional<std::string> phase{};

        static constexpr auto fields() {
            return field_list{attribute{"scale", &attributes::scale}, attribute{"head", &attributes::head},
                              attribute{"dim", &attributes::dim}, attribute{"scale_param", &attributes::scale_param},
                              attribute{"zp_param", &attributes::zp_param},
                              attribute{"has_bias", &attributes::has_bias},
                              attribute{"num_kv_heads", &attributes::num_kv_heads},
                              attribute{"head_dim", &attributes::head_dim}, attribute{"causal", &attributes::causal},
                              attribute{"phase", &attributes::phase}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
