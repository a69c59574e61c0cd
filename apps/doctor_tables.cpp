// Tables of operators, chips, commands and options.
#include "command.hpp"
#include "doctor_tables.hpp"
#include <fmt/core.h>
#include <map>
#include <string>
#include <tpu_convert/chip/registry.hpp>
#include <tpu_convert/lower/lowering.hpp>
#include <tpu_convert/op/registry.hpp>

namespace tpu_convert::apps {

namespace {

template <class Chip>
std::string lowered_on(std::string_view operation) {
    return find_lowering<Chip>(operation) ? std::string(Chip::name) : "";
}

void print_operators(bool markdown) {
    fmt::print("{}\n", markdown ? "| operator | family | chips |\n|---|---|---|" : "operators:");
    std::size_t count = 0;
    std::map<std::string_view, std::size_t> on_chip;
    for_each(all_operations{}, [&]<class Op>(std::type_identity<Op>) {
        if constexpr (std::is_same_v<typename Op::family, integer_family>) return; // what quantization makes of the others
        std::string chips;
        for_each(all_chips{}, [&]<class Chip>(std::type_identity<Chip>) {
            auto const name = lowered_on<Chip>(Op::name);
            on_chip[Chip::name] += !name.empty();
            chips += (chips.empty() || name.empty() ? "" : ", ") + name;
        });
        ++count;
        fmt::print(fmt::runtime(markdown ? "| {} | {} | {} |\n" : "  {:<20} {:<14} {}\n"), Op::name, Op::family::name,
                   chips.empty() ? "none" : chips);
    });
    fmt::print("\n{} operators have a shape rule and a float reference", count);
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
