#include <tpu_convert/simulate/tiu_compare.inl>
