#include <tpu_convert/simulate/tiu_sfu.inl>
