#include <tpu_convert/chip/cv183x/chip.hpp>
#include <tpu_convert/schedule/feasibility.inl>
template std::vector<tpu_convert::infeasible_node> tpu_convert::infeasible_nodes<tpu_convert::cv183x>(graph);
