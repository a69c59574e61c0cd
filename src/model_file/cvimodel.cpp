#include <tpu_convert/model_file/cvimodel/arguments.inl>
#include <tpu_convert/model_file/cvimodel/reader.inl>
#include <tpu_convert/model_file/cvimodel/writer.inl>
