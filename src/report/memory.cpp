#include <tpu_convert/report/memory.inl>
