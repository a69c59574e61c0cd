#include <tpu_convert/chip/bm1684x/lowering/normalize.inl>
