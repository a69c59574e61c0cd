// The list of families of commands.
#include "fuzz_families.hpp"

namespace tpu_convert::record {

std::span<family const> families() {
    static constexpr family all[] = {{"ar_float", make_ar_float},
                                     {"ar_float_rest", make_ar_float_rest},
                                     {"ar_integer", make_ar_integer},
                                     {"ar_bits", make_ar_bits},
                                     {"ar_cast", make_ar_cast},
                                     {"conv_f16", make_conv_f16},
                                     {"conv_f32", make_conv_f32},
                                     {"conv_i8", make_conv_i8},
                                     {"mm2_f16", make_mm2_f16},
                                     {"mm2_i8", make_mm2_i8},
                                     {"mm", make_mm},
                                     {"pool_f16", make_pool_f16},
                                     {"pool_f32", make_pool_f32},
                                     {"pool_i8", make_pool_i8},
                                     {"dma_tensor", make_dma_tensor},
                                     {"sfu", make_sfu},
                                     {"requant", make_requant},
                                     {"move", make_move},
                                     {"compare", make_compare},
                                     {"gather", make_gather},
                                     {"dma_gather", make_dma_gather}};
    return all;
}

} // namespace tpu_convert::record
