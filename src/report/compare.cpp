#include <tpu_convert/report/compare.inl>
