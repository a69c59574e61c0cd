// Limits of similarity, and tensors judged by references.
#include "judgement.hpp"
#include <algorithm>
#include <tpu_convert/core/error.hpp>

namespace tpu_convert::apps {

compare_rules limits_of(arguments const& a, std::string const& option, compare_rules otherwise) {
    if (!a.given(option)) return otherwise;
    auto const given = a.numbers(option);
    if (given.size() != 2) throw model_error{error_code::usage, "--" + option, "two numbers are needed, such as 0.99,0.90"};
    if (std::max(given[0], given[1]) > 1)
        throw model_error{error_code::usage, "--" + option, "no similarity is more than 1; 0.99,0.90 is usual"};
    return {given[0], given[1]};
}

comparison_report judge_all(references const& by, compare_rules const& rules,
                            std::function<std::optional<tensor>(std::string const&)> const& find) {
    comparison_report report;
    bool left_out = false;
    for (auto const& [name, wanted] : by.arrays) {
        auto const found = find(name);
        if (!found) continue;
        bool const excepted = std::find(by.excepts.begin(), by.excepts.end(), name) != by.excepts.end();
        if (!excepted) report.rows.push_back(judge(name, *found, to_tensor(wanted), rules, wanted.type));
        left_out |= excepted;
    }
    if (report.rows.empty() && left_out)
        throw model_error{error_code::compare_failed, "--excepts", "it leaves out every tensor that could be compared"};
    if (report.rows.empty())
        throw model_error{error_code::compare_failed, by.file, "the reference holds none of the network's tensors to compare"};
    return report;
}

} // namespace tpu_convert::apps
