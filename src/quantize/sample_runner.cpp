#include <tpu_convert/quantize/sample_runner.inl>
