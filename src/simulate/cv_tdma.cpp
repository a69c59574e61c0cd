#include <tpu_convert/simulate/cv_tdma.inl>
