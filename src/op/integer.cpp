#include <tpu_convert/op/integer/integer_average.inl>
#include <tpu_convert/op/integer/integer_conv.inl>
#include <tpu_convert/op/integer/integer_elementwise.inl>
#include <tpu_convert/op/integer/integer_mat_mul.inl>
#include <tpu_convert/op/kernel/integer.inl>
#include <tpu_convert/op/reference.inl>

template struct tpu_convert::reference_table<tpu_convert::integer_family>;
