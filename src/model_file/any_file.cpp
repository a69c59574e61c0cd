#include <tpu_convert/model_file/any_file.inl>
