#include <tpu_convert/quantize/statistics_collector.inl>
