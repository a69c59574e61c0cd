#include <tpu_convert/model_file/bmodel/disassemble.inl>
