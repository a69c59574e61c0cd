#include <tpu_convert/chip/cv18xx/command_buffer.inl>
