#include <tpu_convert/model_file/digest.inl>
