#include <tpu_convert/report/drawing.inl>
#include <tpu_convert/report/html.inl>
#include <tpu_convert/report/page.inl>
#include <tpu_convert/report/sections.inl>
