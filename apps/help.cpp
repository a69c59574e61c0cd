// Help texts, from the tables of options.
#include "command.hpp"
#include <fmt/format.h>

namespace tpu_convert::apps {

namespace {

// Words of `text` in lines that end before column 110, indented from the second line on.
std::string wrapped(std::string_view text, std::size_t indent) {
    std::string out;
    std::size_t column = indent;
    while (!text.empty()) {
        auto const word = text.substr(0, text.find(' '));
        if (column > indent && column + word.size() > 110) {
            out += "\n" + std::string(indent, ' ');
            column = indent;
        }
        out += word;
        out += ' ';
        column += word.size() + 1;
        text.remove_prefix(std::min(text.size(), word.size() + 1));
    }
    return out;
}

std::string spelling(option const& o) {
    if (o.kind == option_kind::positional) return "<" + std::string(o.name) + ">";
    auto const comma = o.name.find(',');
    std::string text = comma == std::string_view::npos ? "" : "-" + std::string(o.name.substr(comma + 1)) + ", ";
    text += "--" + std::string(o.long_name());
    return text + (o.kind == option_kind::flag ? "" : o.kind == option_kind::list ? " a,b.." : " x");
}

} // namespace

std::string help_text(command const& c) {
    std::string text = fmt::format("tpu-convert {}: {}\n", c.name, c.summary);
    if (!c.aliases.empty()) text += fmt::format("Also installed as: {}\n", c.aliases);
    for (bool const built : {true, false}) {
        std::string part;
        for (auto const& o : c.options) {
            if (o.built != built) continue;
            std::string about(o.help);
            if (!o.choices.empty()) about += fmt::format("; one of: {}", o.choices);
            if (o.required) about += " (required)";
            else if (!o.fallback.empty()) about += fmt::format(" (default {})", o.fallback);
            part += fmt::format("  {:<34} {}\n", spelling(o), wrapped(about, 37));
        }
        if (!part.empty()) text += (built ? "\nOptions:\n" : "\nOptions of TPU-MLIR that are not built yet:\n") + part;
    }
    return text;
}

} // namespace tpu_convert::apps
