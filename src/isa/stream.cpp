#include <tpu_convert/isa/stream.inl>
