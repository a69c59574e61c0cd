#include <tpu_convert/quantize/channel_formats.inl>
#include <tpu_convert/quantize/float_types.inl>
#include <tpu_convert/quantize/own_scales.inl>
#include <tpu_convert/quantize/qtable.inl>
