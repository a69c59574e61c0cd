#include <tpu_convert/model_file/bmodel/disassemble.inl>
#include <tpu_convert/model_file/cvimodel/disassemble.inl>
