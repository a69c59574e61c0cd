#include <tpu_convert/isa/command.inl>
#include <tpu_convert/isa/disassemble.inl>
#include <tpu_convert/isa/stream.inl>
