#include <tpu_convert/simulate/cv_operand.inl>
