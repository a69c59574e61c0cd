#include <tpu_convert/report/drawing.inl>
