#include <tpu_convert/op/composed/attention.inl>
