#include <tpu_convert/simulate/host_functions.inl>
