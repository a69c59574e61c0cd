#include <tpu_convert/op/composed/contraction.inl>
