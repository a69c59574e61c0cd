#include <tpu_convert/op/infer.inl>
