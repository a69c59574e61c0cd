#include <tpu_convert/op/reference.inl>

template struct tpu_convert::reference_table<tpu_convert::convolution_family>;
template struct tpu_convert::reference_table<tpu_convert::pool_family>;
