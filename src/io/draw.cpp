#include <tpu_convert/io/draw.inl>
