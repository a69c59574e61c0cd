#include <tpu_convert/simulate/clock_cvimodel.inl>
