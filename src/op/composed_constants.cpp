#include <tpu_convert/op/composed/constants.inl>
