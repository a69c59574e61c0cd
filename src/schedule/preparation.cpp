#include <tpu_convert/chip/bm1684x/rewrite/long_rows.inl>
#include <tpu_convert/schedule/cut_points.inl>
#include <tpu_convert/schedule/late_dequantize.inl>
#include <tpu_convert/schedule/step_order.inl>
#include <tpu_convert/schedule/widen_indices.inl>
