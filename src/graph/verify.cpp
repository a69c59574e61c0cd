#include <tpu_convert/graph/verify.inl>
