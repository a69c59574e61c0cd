// Command lines: Boost.Program_options splits them, the table of the command says what is allowed.
#include "command.hpp"
#include <algorithm>
#include <boost/program_options.hpp>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <tpu_convert/core/error.hpp>

namespace tpu_convert::apps {

namespace po = boost::program_options;

namespace {

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> found;
    std::string word;
    for (char const c : std::string(text) + " ") {
        bool const separator = std::string_view(", \t\n[](){}\"'").find(c) != std::string_view::npos;
        if (!separator) word += c;
        else if (!word.empty()) found.push_back(std::exchange(word, {}));
    }
    return found;
}

// Without blanks and commas at the ends.
std::string_view trimmed(std::string_view text) {
    auto const first = text.find_first_not_of(", \t\n"), last = text.find_last_not_of(", \t\n");
    return first == std::string_view::npos ? std::string_view{} : text.substr(first, last - first + 1);
}

std::string joined(std::vector<std::string> const& values) {
    std::string text;
    for (auto const& v : values) text += (text.empty() ? "" : " ") + v;
    return text;
}

[[noreturn]] void usage(std::string_view subject, std::string const& sentence) {
    throw model_error{error_code::usage, subject, sentence};
}

[[noreturn]] void unknown_option(std::string const& name, std::span<option const> table) {
    std::vector<std::string> names;
    for (auto const& o : table)
        if (o.kind != option_kind::positional) names.push_back("--" + std::string(o.long_name()));
    auto const like = nearest(name, names);
    usage(name, "there is no such option; " + (like.empty() ? "see --help" : "did you mean " + like + "?"));
}

po::options_description describe(std::span<option const> table) {
    po::options_description all;
    for (auto const& o : table) {
        std::string const name(o.name);
        if (o.kind == option_kind::flag) all.add_options()(name.c_str(), "");
        else if (o.kind == option_kind::list)
            all.add_options()(name.c_str(), po::value<std::vector<std::string>>()->multitoken(), "");
        else all.add_options()(name.c_str(), po::value<std::string>(), "");
    }
    return all;
}

std::vector<po::option> split(std::span<option const> table, std::vector<std::string> const& words) {
    po::positional_options_description positions;
    for (auto const& o : table)
        if (o.kind == option_kind::positional) positions.add(std::string(o.name).c_str(), 1);
    auto const known = describe(table);
    using namespace po::command_line_style;
    int const style = allow_long | long_allow_adjacent | long_allow_next | allow_short | allow_dash_for_short | short_allow_next |
                      short_allow_adjacent | allow_sticky;
    try {
        return po::command_line_parser(words).options(known).positional(positions).style(style).run().options;
    } catch (po::unknown_option const& e) {
        unknown_option(e.get_option_name(), table);
    } catch (po::invalid_command_line_syntax const& e) {
        if (e.kind() == po::invalid_syntax::missing_parameter) usage(e.get_option_name(), "the option needs a value");
        usage(e.get_option_name(), e.kind() == po::invalid_syntax::extra_parameter ? "the option takes no value" : e.what());
    } catch (po::too_many_positional_options_error const&) {
        usage("", "there are more arguments than the command takes; see --help");
    } catch (po::error const& e) {
        usage("", e.what());
    }
}

option const& entry(std::span<option const> table, std::string_view name) {
    for (auto const& o : table)
        if (o.long_name() == name) return o;
    throw model_error{error_code::internal, name, "the command's table has no such option"};
}

} // namespace

arguments::arguments(std::span<option const> table, std::vector<std::string> const& words) : table_(table) {
    for (auto const& found : split(table, words)) {
        std::string key = found.string_key;
        for (auto const& o : table) // a short name stands for the long one
            if (key.starts_with('-') && o.name.ends_with("," + key.substr(1))) key = o.long_name();
        values_[key] = found.value; // the last one counts
    }
    for (auto const& o : table) check(o);
}

void arguments::check(option const& o) const {
    std::string const shown = (o.kind == option_kind::positional ? "<" : "--") + std::string(o.long_name()) +
                              (o.kind == option_kind::positional ? ">" : "");
    auto const found = values_.find(o.long_name());
    if (found == values_.end()) {
        if (o.required) usage(shown, "the command needs this; see --help");
        return;
    }
    if (!o.built && (o.kind == option_kind::flag || joined(found->second) != o.fallback))
        throw model_error{error_code::not_built_yet, shown, "this option of TPU-MLIR is not built yet; leave it out"};
    if (o.choices.empty()) return;
    auto const allowed = words_of(o.choices);
    for (auto const& v : found->second)
        if (std::find(allowed.begin(), allowed.end(), v) == allowed.end())
            usage(shown, "'" + v + "' is none of: " + std::string(o.choices));
}

std::string arguments::text(std::string_view name) const {
    auto const found = values_.find(name);
    return found == values_.end() ? std::string(entry(table_, name).fallback) : joined(found->second);
}

std::vector<std::string> arguments::list(std::string_view name) const { return words_of(text(name)); }

std::int64_t arguments::integer(std::string_view name) const {
    auto const t = text(name);
    std::int64_t n = 0;
    auto const [end, error] = std::from_chars(t.data(), t.data() + t.size(), n);
    if (error != std::errc{} || end != t.data() + t.size()) usage("--" + std::string(name), "'" + t + "' is no integer");
    return n;
}

std::vector<double> arguments::numbers(std::string_view name) const {
    std::vector<double> found;
    for (auto const& word : list(name)) {
        char* end = nullptr;
        found.push_back(std::strtod(word.c_str(), &end));
        if (*end || !std::isfinite(found.back())) usage("--" + std::string(name), "'" + word + "' is no number");
    }
    return found;
}

std::vector<std::vector<std::int64_t>> arguments::shapes(std::string_view name) const {
    std::string all = text(name);
    std::erase_if(all, [](char c) { return c == '"' || c == '\''; });
    auto const fail = [&](std::string const& what) {
        usage("--" + std::string(name), "'" + what + "; shapes look like [[1,3,224,224],[1,10],[]]");
    };
    std::string_view rest = trimmed(all);
    if (rest == "[]") return {};
    if (rest.starts_with('[') && rest.ends_with(']') && trimmed(rest.substr(1)).starts_with('['))
        rest = trimmed(rest.substr(1, rest.size() - 2));
    std::vector<std::vector<std::int64_t>> found;
    for (; !rest.empty(); rest = trimmed(rest)) {
        bool const bracket = rest.starts_with('[');
        auto const end = bracket ? rest.find(']') : rest.size();
        if (end == std::string_view::npos || rest.substr(bracket, end - bracket).find_first_of("[]") != std::string_view::npos)
            fail(all + "' has a bracket too many or too few");
        auto& shape = found.emplace_back();
        for (auto const& word : words_of(rest.substr(0, end))) {
            auto const [stop, error] = std::from_chars(word.data(), word.data() + word.size(), shape.emplace_back());
            if (error != std::errc{} || *stop || shape.back() <= 0) fail(word + "' is no dimension");
        }
        rest.remove_prefix(end + bracket);
    }
    return found;
}

std::string nearest(std::string_view name, std::span<std::string const> candidates) {
    std::string best;
    std::size_t least = std::max<std::size_t>(2, name.size() / 3) + 1;
    for (auto const& c : candidates) { // Levenshtein's distance, one row at a time
        std::vector<std::size_t> row(c.size() + 1);
        for (std::size_t j = 0; j < row.size(); ++j) row[j] = j;
        for (std::size_t i = 0; i < name.size(); ++i) {
            std::size_t diagonal = std::exchange(row[0], i + 1);
            for (std::size_t j = 0; j < c.size(); ++j) {
                std::size_t const replaced = diagonal + (name[i] != c[j]);
                diagonal = row[j + 1];
                row[j + 1] = std::min({row[j] + 1, row[j + 1] + 1, replaced});
            }
        }
        if (row.back() < least) least = row.back(), best = c;
    }
    return best;
}

} // namespace tpu_convert::apps
