#include <tpu_convert/quantize/threshold_method.inl>
