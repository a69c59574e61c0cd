#include <tpu_convert/op/composed/statistics.inl>
