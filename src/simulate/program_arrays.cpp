#include <tpu_convert/simulate/program_arrays.inl>
