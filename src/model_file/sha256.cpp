#include <tpu_convert/model_file/sha256.inl>
