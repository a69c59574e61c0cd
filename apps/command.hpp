// A sub-command: its table of options, from which parsing, help and checks come, and what it does.
#pragma once
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tpu_convert::apps {

enum class option_kind : std::uint8_t {
    flag,
    value,
    list,       // one or more values, separated by blanks or commas
    positional, // one value without a name
};

// A name ending in ",c" has the short form -c. An option of TPU-MLIR that is not built is accepted with its default value only.
struct option {
    std::string_view name;
    option_kind kind = option_kind::value;
    std::string_view help;
    std::string_view fallback = {};
    std::string_view choices = {}; // separated by blanks; empty: anything
    bool required = false;
    bool built = true;

    std::string_view long_name() const { return name.substr(0, name.find(',')); }
};

// The options given on a command line, checked against a table.
class arguments {
public:
    arguments(std::span<option const> table, std::vector<std::string> const& words);

    bool given(std::string_view name) const { return values_.contains(name); }
    bool flag(std::string_view name) const { return given(name); }
    // The default if it is not given.
    std::string text(std::string_view name) const;
    std::int64_t integer(std::string_view name) const;
    // Split at blanks and commas; brackets and quotes are dropped.
    std::vector<std::string> list(std::string_view name) const;
    std::vector<double> numbers(std::string_view name) const;
    // [[1,3,224,224],[1,2],[]] or 1,3,224,224; [] alone: none.
    std::vector<std::vector<std::int64_t>> shapes(std::string_view name) const;

private:
    void check(option const& o) const;

    std::span<option const> table_;
    std::map<std::string, std::vector<std::string>, std::less<>> values_;
};

struct command {
    std::string_view name, summary;
    std::string_view aliases; // names of TPU-MLIR's programs that mean this command, separated by blanks
    std::span<option const> options;
    int (*run)(arguments const&); // null: not built yet
};

// In the order of the help text.
std::span<command const> all_commands();

std::string help_text(command const& c);
// The candidate most like `name`; empty if none is near.
std::string nearest(std::string_view name, std::span<std::string const> candidates);

std::span<option const> transform_table();
std::span<option const> deploy_table();
std::span<option const> run_table();
std::span<option const> inspect_table();
std::span<option const> compare_table();
std::span<option const> profile_table();
std::span<option const> calibrate_table();
std::span<option const> detect_table();
std::span<option const> doctor_table();
int transform(arguments const&);
int deploy(arguments const&);
int run(arguments const&);
int inspect(arguments const&);
int compare_files(arguments const&);
int profile(arguments const&);
int calibrate_network(arguments const&);
int detect(arguments const&);
int doctor(arguments const&);

} // namespace tpu_convert::apps
