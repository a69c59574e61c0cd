#include <tpu_convert/simulate/tiu_ar.inl>
