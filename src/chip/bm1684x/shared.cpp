#include <tpu_convert/chip/bm1684x/emit/reduce.inl>
#include <tpu_convert/chip/bm1684x/emit/special.inl>
#include <tpu_convert/chip/bm1684x/emit/trigonometry.inl>
#include <tpu_convert/chip/bm1684x/lowering/broadcast_view.inl>
#include <tpu_convert/chip/bm1684x/lowering/elementwise.inl>
#include <tpu_convert/chip/bm1684x/lowering/elementwise_sink.inl>
#include <tpu_convert/chip/bm1684x/lowering/normalize.inl>
#include <tpu_convert/chip/bm1684x/lowering/row_view.inl>
