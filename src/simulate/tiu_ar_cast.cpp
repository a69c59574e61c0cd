#include <tpu_convert/simulate/tiu_ar_cast.inl>
