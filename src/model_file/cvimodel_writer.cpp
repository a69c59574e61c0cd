#include <tpu_convert/model_file/cvimodel/writer.inl>
