#include <tpu_convert/schedule/cut_points.inl>
