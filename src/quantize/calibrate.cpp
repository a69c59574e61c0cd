#include <tpu_convert/quantize/calibrate.inl>
