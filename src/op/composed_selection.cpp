#include <tpu_convert/op/composed/selection.inl>
