#include <tpu_convert/op/composed/recurrent.inl>
