#include <tpu_convert/report/compare_text.inl>
