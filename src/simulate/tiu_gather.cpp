#include <tpu_convert/simulate/tiu_gather.inl>
