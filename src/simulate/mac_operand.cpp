#include <tpu_convert/simulate/mac_operand.inl>
