#include <tpu_convert/model_file/cvimodel/arguments.inl>
