#include <tpu_convert/op/composed/sampling.inl>
