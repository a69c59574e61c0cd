#include <tpu_convert/chip/cv182x/chip.hpp>
#include <tpu_convert/schedule/feasibility.inl>
template std::vector<tpu_convert::infeasible_node> tpu_convert::infeasible_nodes<tpu_convert::cv182x>(graph);
