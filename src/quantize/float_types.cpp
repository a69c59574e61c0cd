#include <tpu_convert/quantize/float_types.inl>
