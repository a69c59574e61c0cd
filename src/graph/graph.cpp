#include <tpu_convert/graph/graph.inl>
