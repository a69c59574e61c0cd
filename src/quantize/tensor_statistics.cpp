#include <tpu_convert/quantize/tensor_statistics.inl>
