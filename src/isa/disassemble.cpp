#include <tpu_convert/isa/disassemble.inl>
