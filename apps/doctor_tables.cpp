// Tables of operators, chips, commands and options.
#include "command.hpp"
#include "doctor_tables.hpp"
#include <algorithm>
#include <fmt/core.h>
#include <map>
#include <string>
#include <tpu_convert/chip/registry.hpp>
#include <tpu_convert/lower/lowering.hpp>
#include <tpu_convert/op/composed/registry.hpp>
#include <tpu_convert/op/registry.hpp>
#include <tpu_convert/quantize/integer_rule.hpp>
#include <vector>

namespace tpu_convert::apps {

namespace {

template <class Chip>
std::string lowered_on(std::string_view operation) {
    auto const* integers = integer_target<typename Chip::integer_rules>(*find_operation(operation));
    bool const in_floats = find_lowering<Chip>(operation), in_integers = integers && find_lowering<Chip>(integers->name);
    bool const both = in_floats && in_integers;
    std::string const only = Chip::computes_in(dtype::f32) || both ? "" : in_integers ? " (INT8)" : " (BF16)";
    return in_floats || in_integers ? std::string(Chip::name) + only : "";
}

// Of an operator, for the tables; no code of its own is made for each.
struct registered_operator {
    std::string_view name, family;
    bool composed;
};
template <class... Ops>
std::vector<registered_operator> rows_of(type_list<Ops...>) {
    std::vector<registered_operator> rows{{Ops::name, Ops::family::name, composable<Ops>}...};
    std::erase_if(rows, [](auto const& r) { return r.family == integer_family::name; }); // what quantization makes of others
    std::sort(rows.begin(), rows.end(), [](auto const& a, auto const& b) { return a.name < b.name; });
    return rows;
}

void print_operators(bool markdown) {
    std::map<std::string_view, std::size_t> on_chip;
    auto const rows = rows_of(concat<all_operations, composed_operations>{});
    fmt::print("{}\n", markdown ? "| operator | family | chips | as |\n|---|---|---|---|" : "operators:");
    for (auto const& r : rows) {
        std::string chips;
        for_each(all_chips{}, [&]<class Chip>(std::type_identity<Chip>) {
            bool const in_floats = Chip::computes_in(dtype::f32); // what they are made of is lowered in these
            std::string const name = !r.composed ? lowered_on<Chip>(r.name) : in_floats ? std::string(Chip::name) : "";
            on_chip[Chip::name] += !name.empty();
            chips += (chips.empty() || name.empty() ? "" : ", ") + name;
        });
        fmt::print(fmt::runtime(markdown ? "| {} | {} | {} | {} |\n" : "  {:<24} {:<14} {:<8} {}\n"), r.name, r.family,
                   chips.empty() ? "none" : chips, chips.empty() ? "" : r.composed ? "other operators" : "itself");
    }
    fmt::print("\n{} operators have a shape rule and a float reference", rows.size());
    for (auto const& [chip, n] : on_chip) fmt::print("; {} run on {}", n, chip);
    fmt::print(".\n");
}

void print_options(bool markdown) {
    for (auto const& c : all_commands()) {
        std::string missing;
        std::size_t built = 0, absent = 0;
        for (auto const& o : c.options) {
            ++(o.built ? built : absent);
            if (!o.built) missing += (missing.empty() ? "--" : ", --") + std::string(o.long_name());
        }
        std::string const status = !c.run ? "not built yet" : fmt::format("{} options, {} of TPU-MLIR's not built", built,
                                                                          absent);
        if (markdown) fmt::print("| {} | {} | {} |\n", c.name, status, missing);
        else fmt::print("  {:<10} {}{}\n", c.name, status, missing.empty() ? "" : ": " + missing);
    }
}

} // namespace

void print_tables(bool markdown) {
    if (markdown) fmt::print("# Operators\n\nWritten by `tpu-convert doctor --markdown`.\n\n");
    print_operators(markdown);
    fmt::print("{}", markdown ? "\n## Chips\n\n" : "\nchips:\n  ");
    fmt::print("{}\n", chip_names());
    fmt::print("{}", markdown ? "\n## Commands\n\n| command | status | options not built |\n|---|---|---|\n" : "\ncommands:\n");
    print_options(markdown);
}

} // namespace tpu_convert::apps
