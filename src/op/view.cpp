#include <tpu_convert/op/kernel/view.inl>
