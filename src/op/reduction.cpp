#include <tpu_convert/op/reference.inl>

template struct tpu_convert::reference_table<tpu_convert::reduction_family>;
template struct tpu_convert::reference_table<tpu_convert::normalization_family>;
