#include <tpu_convert/op/reference.inl>

extern template struct tpu_convert::reference_part<tpu_convert::unary_family, 1>;
template struct tpu_convert::reference_table<tpu_convert::unary_family>;
template struct tpu_convert::reference_part<tpu_convert::unary_family, 1>;
