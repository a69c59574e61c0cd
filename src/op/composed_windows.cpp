#include <tpu_convert/op/composed/windows.inl>
