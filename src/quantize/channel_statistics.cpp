#include <tpu_convert/quantize/channel_statistics.inl>
