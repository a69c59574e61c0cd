#include <tpu_convert/io/npz.inl>
