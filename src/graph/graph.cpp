#include <tpu_convert/graph/graph.inl>
#include <tpu_convert/graph/verify.inl>
