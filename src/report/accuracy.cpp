#include <tpu_convert/report/accuracy.inl>
