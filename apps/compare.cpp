// compare: the arrays of two .npz files, joined by name.
#include "command.hpp"
#include "inputs.hpp"
#include "judgement.hpp"
#include <algorithm>
#include <fmt/core.h>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/io/atomic_file.hpp>
#include <tpu_convert/io/npz.hpp>
#include <tpu_convert/report/compare.hpp>

namespace tpu_convert::apps {

namespace {

compare_rules rules_of(arguments const& a) {
    auto rules = limits_of(a, "tolerance");
    rules.axis = a.integer("per_axis_compare"), rules.int8_exact = a.text("int8_tensor_close") == "1";
    return rules;
}

comparison compare_one(std::string const& name, array const* x, array const& reference, compare_rules const& rules,
                       bool names_only) {
    comparison missing{name, match::missing, false, no_similarity, reference.dims, std::string(info(reference.type).name)};
    if (!x) return missing;
    if (names_only) return missing.level = match::equal, missing.passed = true, missing.figures = {}, missing;
    return judge(name, to_tensor(*x), to_tensor(reference), rules, reference.type);
}

// An axis that no tensor has would compare whole tensors.
void check_axis(std::int64_t axis, npz const& reference) {
    if (axis == -1) return;
    std::size_t rank = 0;
    for (auto const& [name, y] : reference) rank = std::max(rank, y.dims.size());
    if (axis < 0 || axis >= static_cast<std::int64_t>(rank))
        throw model_error{error_code::usage, "--per_axis_compare",
                          "no tensor has an axis " + std::to_string(axis) + "; axes count from 0, the largest tensor has " +
                              std::to_string(rank)};
}

comparison_report compare_all(arguments const& a, npz const& target, npz const& reference) {
    auto const rules = rules_of(a);
    check_axis(rules.axis, reference);
    auto const excepts = a.list("excepts");
    check_excepts(excepts, names_of(reference));
    auto const key = a.text("key");
    if (!key.empty()) (void)target.at(key, a.text("target")), (void)reference.at(key, a.text("reference"));
    auto const wanted = [&](std::string const& name) {
        return key.empty() ? std::find(excepts.begin(), excepts.end(), name) == excepts.end() : name == key;
    };
    bool const names_only = a.flag("only_key");
    comparison_report report;
    std::size_t common = 0, lacking = 0;
    for (auto const& [name, y] : reference) {
        auto const* x = target.find(name);
        common += x != nullptr, lacking += !x && wanted(name);
        if (wanted(name) && (x || names_only)) report.rows.push_back(compare_one(name, x, y, rules, names_only));
    }
    for (auto const& [name, x] : target)
        if (names_only && wanted(name) && !reference.find(name))
            report.rows.push_back(compare_one(name, nullptr, x, rules, true));
    if (report.rows.empty() && common)
        throw model_error{error_code::compare_failed, "--excepts", "it leaves out every tensor that the files have in common"};
    if (report.rows.empty())
        throw model_error{error_code::compare_failed, a.text("target"),
                          "the files have no tensor in common, nothing was compared"};
    if (lacking && !names_only)
        fmt::print("{} of the reference's tensors are not in {} and are not compared; --only_key lists them\n", lacking,
                   a.text("target"));
    return report;
}

// Rows whose largest value is at the label's place.
void print_accuracy(std::string const& file, npz const& arrays, tensor const& labels) {
    bool some = false;
    for (auto const& [name, stored] : arrays) {
        auto const x = to_tensor(stored);
        auto const rows = labels.size();
        if (rows == 0 || x.size() % rows || x.size() / rows < 2) continue;
        auto const classes = x.size() / rows;
        std::int64_t right = 0;
        some = true;
        for (std::int64_t r = 0; r < rows; ++r) {
            auto const* const row = x.data() + r * classes;
            right += std::max_element(row, row + classes) - row == static_cast<std::int64_t>(labels[r]);
        }
        fmt::print("accuracy of {} in {}: {} of {} = {:.2f} %\n", name, file, right, rows,
                   100.0 * static_cast<double>(right) / static_cast<double>(rows));
    }
    if (!some)
        throw model_error{error_code::input_mismatch, file,
                          "it has no tensor of scores for " + std::to_string(labels.size()) + " labels"};
}

} // namespace

int compare_files(arguments const& a) {
    auto const target = read_npz(a.text("target")), reference = read_npz(a.text("reference"));
    auto const report = compare_all(a, target, reference);
    for (auto const* option : {"save", "csv"})
        if (a.given(option)) write_file(a.text(option), report.csv());
    if (a.given("json")) write_file(a.text("json"), report.json());
    fmt::print("{}", report.text(a.given("verbose")));
    if (a.given("labels")) {
        auto const labels = read_npz(a.text("labels"));
        if (labels.size() != 1) throw model_error{error_code::usage, "--labels",
                                                  "the file must hold one array, the class of each row"};
        print_accuracy(a.text("target"), target, to_tensor(labels.begin()->second));
        print_accuracy(a.text("reference"), reference, to_tensor(labels.begin()->second));
    }
    return report.passed() ? 0 : 1;
}

} // namespace tpu_convert::apps
