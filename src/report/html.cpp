#include <tpu_convert/report/html.inl>
