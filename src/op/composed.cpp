#include <tpu_convert/op/composed/table.inl>
