#include <tpu_convert/quantize/network_types.inl>

template tpu_convert::typed_network tpu_convert::assign_network_types<tpu_convert::bm168x_rules>(
    tpu_convert::graph const&, tpu_convert::network_type_options const&);
template tpu_convert::typed_network tpu_convert::assign_network_types<tpu_convert::cv18xx_rules>(
    tpu_convert::graph const&, tpu_convert::network_type_options const&);
template tpu_convert::typed_network tpu_convert::assign_expanded_types<tpu_convert::bm168x_rules>(
    tpu_convert::expanded_network const&, tpu_convert::network_type_options const&);
template tpu_convert::typed_network tpu_convert::assign_expanded_types<tpu_convert::cv18xx_rules>(
    tpu_convert::expanded_network const&, tpu_convert::network_type_options const&);
