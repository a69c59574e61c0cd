#include <tpu_convert/io/npy_header.inl>
