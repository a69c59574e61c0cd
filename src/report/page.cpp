#include <tpu_convert/report/page.inl>
