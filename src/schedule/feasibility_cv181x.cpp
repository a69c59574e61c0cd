#include <tpu_convert/chip/cv181x/chip.hpp>
#include <tpu_convert/schedule/feasibility.inl>
template std::vector<tpu_convert::infeasible_node> tpu_convert::infeasible_nodes<tpu_convert::cv181x>(graph);
