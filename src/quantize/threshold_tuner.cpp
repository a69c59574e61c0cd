#include <tpu_convert/quantize/threshold_tuner.inl>
