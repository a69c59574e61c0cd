// What transform, deploy and compare share: the limits that options set, and tensors judged by a file's.
#pragma once
#include "command.hpp"
#include "inputs.hpp"
#include <functional>
#include <optional>
#include <string>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/report/compare.hpp>
#include <vector>

namespace tpu_convert::apps {

// Cosine and euclidean similarity as --tolerance and its like give them.
compare_rules limits_of(arguments const& a, std::string const& option, compare_rules otherwise = {});

struct references {
    npz const& arrays;
    std::string file; // may be empty: they were computed
    std::vector<std::string> const& excepts;
};
// The tensors that `find` knows, by the references of the same names. Throws compare_failed if there is nothing to compare.
comparison_report judge_all(references const& by, compare_rules const& rules,
                            std::function<std::optional<tensor>(std::string const&)> const& find);

} // namespace tpu_convert::apps
