#include <tpu_convert/simulate/static_tables.inl>
