#include <tpu_convert/quantize/own_scales.inl>
