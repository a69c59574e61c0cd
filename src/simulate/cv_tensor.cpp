#include <tpu_convert/simulate/cv_tensor.inl>
