#include <tpu_convert/op/composed/arrangement.inl>
