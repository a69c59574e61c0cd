#include <tpu_convert/op/composed/formula.inl>
#include <tpu_convert/op/composition.inl>
