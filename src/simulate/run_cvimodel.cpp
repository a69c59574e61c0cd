#include <tpu_convert/simulate/run_cvimodel.inl>
