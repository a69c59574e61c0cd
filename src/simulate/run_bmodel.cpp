#include <tpu_convert/simulate/run_bmodel.inl>
