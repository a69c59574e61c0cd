#include <tpu_convert/report/timeline_html.inl>
