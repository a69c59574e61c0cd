#include <tpu_convert/io/progress.inl>
