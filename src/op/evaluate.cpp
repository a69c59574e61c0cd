#include <tpu_convert/op/evaluate.inl>
