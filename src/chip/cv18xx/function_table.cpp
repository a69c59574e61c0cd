#include <tpu_convert/chip/cv18xx/lowering/function_table.inl>
