#include <tpu_convert/schedule/plan_cache.inl>
