#include <tpu_convert/chip/bm1684x/lowering/row_view.inl>
