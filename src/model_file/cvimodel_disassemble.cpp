#include <tpu_convert/model_file/cvimodel/disassemble.inl>
