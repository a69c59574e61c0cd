#include <tpu_convert/report/timeline.inl>
#include <tpu_convert/report/timeline_html.inl>
