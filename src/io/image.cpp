#include <tpu_convert/io/image.inl>
