#include <tpu_convert/simulate/cv_unpack.inl>
