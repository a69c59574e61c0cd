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
    comparison missing{name, match::missing, false, {}, reference.dims, std::string(info(reference.type).name)};
    if (!x) return missing;
    if (names_only) return missing.level = match::equal, missing.passed = true, missing;
    return judge(name, to_tensor(*x), to_tensor(reference), rules, reference.type);
}

comparison_report compare_all(arguments const& a, npz const& target, npz const& reference) {
    auto const rules = rules_of(a);
    auto const excepts = a.list("excepts");
    check_excepts(excepts, names_of(reference));
    auto const key = a.text("key");
    if (!key.empty()) (void)target.at(key, a.text("target")), (void)reference.at(key, a.text("reference"));
    comparison_report report;
    for (auto const& [name, y] : reference) {
        bool const wanted = key.empty() ? std::find(excepts.begin(), excepts.end(), name) == excepts.end() : name == key;
        auto const* x = target.find(name);
        if (wanted && (x || a.flag("only_key"))) report.rows.push_back(compare_one(name, x, y, rules, a.flag("only_key")));
    }
    if (report.rows.empty())
        throw model_error{error_code::compare_failed, a.text("target"),
                          "the files have no tensor in common, nothing was compared"};
    return report;
}

// Rows whose largest value is at the label's place.
void print_accuracy(std::string_view file, npz const& arrays, tensor const& labels) {
    for (auto const& [name, stored] : arrays) {
        auto const x = to_tensor(stored);
        auto const rows = labels.size();
        if (rows == 0 || x.size() % rows || x.size() / rows < 2) continue;
        auto const classes = x.size() / rows;
        std::int64_t right = 0;
        for (std::int64_t r = 0; r < rows; ++r) {
            auto const* const row = x.data() + r * classes;
            right += std::max_element(row, row + classes) - row == static_cast<std::int64_t>(labels[r]);
        }
        fmt::print("accuracy of {} in {}: {} of {} = {:.2f} %\n", name, file, right, rows,
                   100.0 * static_cast<double>(right) / static_cast<double>(rows));
    }
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
