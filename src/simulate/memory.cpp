#include <tpu_convert/simulate/memory.inl>
