#include <tpu_convert/chip/bm1684x/timing.hpp>
#include <tpu_convert/schedule/feasibility.inl>
template std::vector<tpu_convert::infeasible_node> tpu_convert::infeasible_nodes<tpu_convert::bm1684x>(graph);
