#include <tpu_convert/chip/bm1684x/data_mover.hpp>
#include <tpu_convert/chip/bm1684x/preparation.hpp>
#include <tpu_convert/schedule/feasibility.inl>
#include <tpu_convert/schedule/group_search.inl>
#include <tpu_convert/schedule/timed_tiles.inl>
#include <tpu_convert/simulate/clock_bm1684x.hpp>

namespace tpu_convert {
template std::vector<infeasible_node> infeasible_nodes<bm1684x>(graph);
template std::vector<found_group<bm1684x>> cheapest_groups(std::vector<group_step<bm1684x>> const&, search_effort const&,
                                                          std::vector<buffer_request>);
template std::optional<found_group<bm1684x>> group_as_found(std::vector<group_step<bm1684x>> const&, std::size_t, std::size_t,
                                                          dims4 const&);
template std::optional<timed_tiles> find_tiles(std::string const&, kernel_plan<bm1684x> const&, search_effort const&, double);
template timed_tiles require_tiles(std::string const&, kernel_plan<bm1684x> const&, search_effort const&);
template std::optional<timed_tiles> tiles_as_found(std::string const&, kernel_plan<bm1684x> const&, dims4 const&);
}
