#include <tpu_convert/quantize/calibration_table.inl>
