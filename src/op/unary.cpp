#include <tpu_convert/op/reference.inl>

template struct tpu_convert::reference_table<tpu_convert::unary_family>;
