#include <tpu_convert/report/timeline.inl>
