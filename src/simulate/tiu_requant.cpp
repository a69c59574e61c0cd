#include <tpu_convert/simulate/tiu_requant.inl>
