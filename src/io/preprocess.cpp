#include <tpu_convert/io/preprocess.inl>
