#include <tpu_convert/simulate/rows.inl>
