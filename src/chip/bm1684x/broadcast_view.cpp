#include <tpu_convert/chip/bm1684x/lowering/broadcast_view.inl>
