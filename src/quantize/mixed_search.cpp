#include <tpu_convert/quantize/mixed_search.inl>

template tpu_convert::mixed_search_result tpu_convert::search_mixed<tpu_convert::bm168x_rules>(
    tpu_convert::graph const&, tpu_convert::calibration_table const&, tpu_convert::input_samples,
    tpu_convert::mixed_search_options const&);
template double tpu_convert::integer_cosine<tpu_convert::bm168x_rules>(tpu_convert::graph const&,
                                                                       tpu_convert::calibration_table const&,
                                                                       tpu_convert::input_samples);
template tpu_convert::mixed_search_result tpu_convert::search_mixed<tpu_convert::cv18xx_rules>(
    tpu_convert::graph const&, tpu_convert::calibration_table const&, tpu_convert::input_samples,
    tpu_convert::mixed_search_options const&);
template double tpu_convert::integer_cosine<tpu_convert::cv18xx_rules>(tpu_convert::graph const&,
                                                                       tpu_convert::calibration_table const&,
                                                                       tpu_convert::input_samples);
