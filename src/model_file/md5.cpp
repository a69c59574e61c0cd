#include <tpu_convert/model_file/md5.inl>
