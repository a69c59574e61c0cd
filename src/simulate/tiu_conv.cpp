#include <tpu_convert/simulate/tiu_conv.inl>
