#include <map>
#include <tpu_convert/graph/graph.hpp>
#include <tpu_convert/op/reference.hpp>
#include <tpu_convert/report/page.hpp>
#include <utility>

namespace tpu_convert::report {

TPU_CONVERT_INLINE std::vector<page_tensor> tensors_of(graph const& network) {
    std::vector<page_tensor> found;
    std::map<std::pair<graph::id, std::size_t>, std::size_t> positions;
    for (auto const v : network.order()) {
        node const& n = network[v];
        if (n.kind == node_kind::weight) continue;
        std::vector<std::size_t> operands;
        for (auto const& from : network.operands(v))
            if (auto const at = positions.find({from.node, from.result}); from && at != positions.end())
                operands.push_back(at->second);
        for (std::size_t r = 0; r < n.results.size(); ++r) {
            positions[{v, r}] = found.size();
            found.push_back({n.results[r].name, n.op ? std::string(n.op->name) : "input", n.results[r].dims, operands,
                             network.is_output({v, r}), std::nullopt});
        }
    }
    return found;
}

} // namespace tpu_convert::report
