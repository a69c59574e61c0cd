#include <tpu_convert/op/evaluate.inl>
#include <tpu_convert/op/infer.inl>
#include <tpu_convert/op/kernel/view.inl>
