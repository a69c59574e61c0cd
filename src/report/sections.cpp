#include <tpu_convert/report/sections.inl>
