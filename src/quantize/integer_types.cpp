#include <tpu_convert/quantize/integer_types.inl>

template tpu_convert::graph tpu_convert::assign_integer_types<tpu_convert::bm168x_rules>(tpu_convert::graph const&,
                                                                                        tpu_convert::integer_type_options const&,
                                                                                        std::vector<tpu_convert::float_reason>*);
template tpu_convert::graph tpu_convert::assign_integer_types<tpu_convert::cv18xx_rules>(tpu_convert::graph const&,
                                                                                        tpu_convert::integer_type_options const&,
                                                                                        std::vector<tpu_convert::float_reason>*);
