#include <tpu_convert/isa/command.inl>
