#include <tpu_convert/chip/bm1684x/emit/special.inl>
