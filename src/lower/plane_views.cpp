#include <tpu_convert/lower/plane_views.inl>
