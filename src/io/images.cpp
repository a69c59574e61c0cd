#include <tpu_convert/io/draw.inl>
#include <tpu_convert/io/image.inl>
#include <tpu_convert/io/preprocess.inl>
