#include <tpu_convert/pass/pipeline.inl>
