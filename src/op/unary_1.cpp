#include <tpu_convert/op/reference.inl>

template struct tpu_convert::reference_part<tpu_convert::unary_family, 1>;
