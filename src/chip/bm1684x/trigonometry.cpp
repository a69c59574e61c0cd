#include <tpu_convert/chip/bm1684x/emit/trigonometry.inl>
