#include <tpu_convert/quantize/useful_range.inl>
