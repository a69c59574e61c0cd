#include <tpu_convert/chip/cv18xx/command_buffer.inl>
#include <tpu_convert/chip/cv18xx/lowering/function_table.inl>
#include <tpu_convert/chip/cv18xx/preparation.inl>
