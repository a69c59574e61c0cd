#include <tpu_convert/chip/cv182x/chip.hpp>
#include <tpu_convert/chip/cv18xx/data_mover.hpp>
#include <tpu_convert/chip/cv18xx/preparation.hpp>
#include <tpu_convert/schedule/feasibility.inl>
#include <tpu_convert/schedule/group_search.inl>
#include <tpu_convert/schedule/timed_tiles.inl>

namespace tpu_convert {
template std::vector<infeasible_node> infeasible_nodes<cv182x>(graph);
template std::vector<found_group<cv182x>> cheapest_groups(std::vector<group_step<cv182x>> const&, search_effort const&,
                                                          std::vector<buffer_request>);
template std::optional<found_group<cv182x>> group_as_found(std::vector<group_step<cv182x>> const&, std::size_t, std::size_t,
                                                          dims4 const&);
template std::optional<timed_tiles> find_tiles(std::string const&, kernel_plan<cv182x> const&, search_effort const&, double);
template timed_tiles require_tiles(std::string const&, kernel_plan<cv182x> const&, search_effort const&);
template std::optional<timed_tiles> tiles_as_found(std::string const&, kernel_plan<cv182x> const&, dims4 const&);
}
