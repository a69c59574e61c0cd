#include <tpu_convert/model_file/mapped_file.inl>
