#include <tpu_convert/io/atomic_file.inl>
