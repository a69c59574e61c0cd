#include <tpu_convert/simulate/run_bmodel.inl>
#include <tpu_convert/simulate/run_cvimodel.inl>
