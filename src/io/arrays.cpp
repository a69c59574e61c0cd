#include <tpu_convert/io/array_convert.inl>
#include <tpu_convert/io/atomic_file.inl>
#include <tpu_convert/io/npy_header.inl>
#include <tpu_convert/io/npz.inl>
#include <tpu_convert/io/progress.inl>
