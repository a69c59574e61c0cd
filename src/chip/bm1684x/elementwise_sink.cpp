#include <tpu_convert/chip/bm1684x/lowering/elementwise_sink.inl>
