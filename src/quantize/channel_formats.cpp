#include <tpu_convert/quantize/channel_formats.inl>
