#include <tpu_convert/simulate/tiu_ar_float.inl>
