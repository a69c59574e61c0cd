#include <tpu_convert/quantize/channel_statistics.inl>
#include <tpu_convert/quantize/statistics_collector.inl>
#include <tpu_convert/quantize/tensor_statistics.inl>
#include <tpu_convert/quantize/threshold_method.inl>
