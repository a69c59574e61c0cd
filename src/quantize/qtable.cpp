#include <tpu_convert/quantize/qtable.inl>
