#include <tpu_convert/chip/bm1684x/data_mover.hpp>
#include <tpu_convert/chip/bm1684x/preparation.hpp>
#include <tpu_convert/schedule/feasibility.inl>
#include <tpu_convert/schedule/timed_tiles.inl>
#include <tpu_convert/simulate/clock_bm1684x.hpp>

namespace tpu_convert {
template std::vector<infeasible_node> infeasible_nodes<bm1684x>(graph);
template std::optional<timed_tiles> find_tiles(std::string const&, kernel_plan<bm1684x> const&, search_effort const&, double);
template timed_tiles require_tiles(std::string const&, kernel_plan<bm1684x> const&, search_effort const&);
template std::optional<timed_tiles> tiles_as_found(std::string const&, kernel_plan<bm1684x> const&, dims4 const&);
}
