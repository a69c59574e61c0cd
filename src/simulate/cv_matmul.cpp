#include <tpu_convert/simulate/cv_matmul.inl>
