// Pairs of neighbouring elements turned: (-x1, x0...) input2 + x input3.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>

namespace tpu_convert::op {

struct rope : composed<rope> {
    static constexpr std::string_view name = "Rope";
    static constexpr operand_count operands{3, 5};

    struct attributes {
        std::string rope_mode{"interleaved_pairs"};
        double freq_base = 10000;
        double freq_scale = 1;
        double xpos_base = 0;
        std::int64_t xpos_down = 0;
        std::int64_t n_dims = 0;
        bool use_rope_cache = false;
        bool is_permute_optimize = false;
        std::string mul1_round_mode{"HalfAwayFromZero"};
        std::string mul2_round_mode{"HalfAwayFromZero"};
        std::string add_round_mode{"HalfAwayFromZero"};
        std::int64_t mul1_shift = 0;
        std::int64_t mul2_shift = 0;
        std::int64_t add_shift = 0;
        bool mul1_saturation = true;
        bool mul2_saturation = true;
        bool add_saturation = true;
        bool force_f32 = false;

        static constexpr auto fields() {
            return field_list{attribute{"rope_mode", &attributes::rope_mode},
                              attribute{"freq_base", &attributes::freq_base},
                              attribute{"freq_scale", &attributes::freq_scale},
                              attribute{"xpos_base", &attributes::xpos_base},
                              attribute{"xpos_down", &attributes::xpos_down},
                              attribute{"n_dims", &attributes::n_dims},
                              attribute{"use_rope_cache", &attributes::use_rope_cache},
                              attribute{"is_permute_optimize", &attributes::is_permute_optimize},
                              attribute{"mul1_round_mode", &attributes::mul1_round_mode},
                              attribute{"mul2_round_mode", &attributes::mul2_round_mode},
                              attribute{"add_round_mode", &attributes::add_round_mode},
                              attribute{"mul1_shift", &attributes::mul1_shift},
                              attribute{"mul2_shift", &attributes::mul2_shift},
                              attribute{"add_shift", &attributes::add_shift},
                              attribute{"mul1_saturation", &attributes::mul1_saturation},
                              attribute{"mul2_saturation", &attributes::mul2_saturation},
                              attribute{"add_saturation", &attributes::add_saturation},
                              attribute{"force_f32", &attributes::force_f32}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
