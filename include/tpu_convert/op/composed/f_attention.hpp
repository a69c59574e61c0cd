// Attention of several heads on [batch, rows, heads, depth]; groups of query heads share a key head.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>

namespace tpu_convert::op {

struct f_attention : composed<f_attention> {
    static constexpr std::string_view name = "FAttention";
    static constexpr operand_count operands{3, 9};

    struct attributes {
        double scale = 0;
        std::int64_t batch = 0;
        std::int64_t q_head = 0;
        std::int64_t kv_head = 0;
        std::int64_t dim = 0;
        std::int64_t mq = 0;
        std::int64_t mk = 0;
        bool keep_dims = true;
        bool causal = true;
        std::optional<std::string> phase{};
        std::int64_t block_size = 0;
        std::int64_t max_blocks_per_seq = 0;
        bool has_mask = false;
        std::string kv_cache_mode{"paged"};

        static constexpr auto fields() {
            return field_list{attribute{"scale", &attributes::scale}, attribute{"batch", &attributes::batch},
                              attribute{"q_head", &attributes::q_head}, attribute{"kv_head", &attributes::kv_head},
                              attribute{"dim", &attributes::dim}, attribute{"mq", &attributes::mq},
                              attribute{"mk", &attributes::mk}, attribute{"keep_dims", &attributes::keep_dims},
                              attribute{"causal", &attributes::causal}, attribute{"phase", &attributes::phase},
                              attribute{"block_size", &attributes::block_size},
                              attribute{"max_blocks_per_seq", &attributes::max_blocks_per_seq},
                              attribute{"has_mask", &attributes::has_mask},
                              attribute{"kv_cache_mode", &attributes::kv_cache_mode}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
