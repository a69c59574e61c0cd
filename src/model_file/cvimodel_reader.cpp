#include <tpu_convert/model_file/cvimodel/reader.inl>
