#include <tpu_convert/io/array_convert.inl>
