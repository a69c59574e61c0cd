// tpu-convert: finds the sub-command, by the first argument or by the program's own name, and reports errors in one line.
#include "command.hpp"
#include <algorithm>
#include <csignal>
#include <exception>
#include <filesystem>
#include <fmt/core.h>
#include <new>
#include <tpu_convert/core/error.hpp>

namespace {

using namespace tpu_convert;
using namespace tpu_convert::apps;

std::string general_help() {
    std::string text = "tpu-convert " TPU_CONVERT_VERSION ": neural networks for Sophgo TPUs\n\n"
                       "  tpu-convert <command> [options]\n\n";
    for (auto const& c : all_commands())
        text += fmt::format("  {:<12} {}{}\n", c.name, c.summary, c.run ? "" : " (not built yet)");
    return text + "\ntpu-convert <command> --help shows a command's options.\n";
}

bool has_word(std::string_view words, std::string_view word) {
    while (!words.empty()) {
        auto const first = words.substr(0, words.find(' '));
        if (first == word) return true;
        words.remove_prefix(std::min(words.size(), first.size() + 1));
    }
    return false;
}

command const* named(std::string_view name) {
    for (auto const& c : all_commands())
        if (c.name == name || has_word(c.aliases, name)) return &c;
    return nullptr;
}

[[noreturn]] void unknown_command(std::string const& name) {
    std::vector<std::string> names;
    for (auto const& c : all_commands()) names.emplace_back(c.name);
    auto const like = nearest(name, names);
    throw model_error{error_code::usage, name, "there is no such command; " +
                      (like.empty() ? "see tpu-convert --help" : "did you mean " + like + "?")};
}

// npz_tool takes its verb before the files.
void drop_verb(std::string_view program, std::vector<std::string>& words) {
    if (!program.starts_with("npz_tool") || words.empty() || words[0].starts_with('-')) return;
    if (words[0] != "compare")
        throw model_error{error_code::not_built_yet, words[0], "this verb of npz_tool is not built yet; compare is"};
    words.erase(words.begin());
}

int dispatch(std::string const& program, std::vector<std::string> words) {
    command const* c = named(program);
    if (!c) {
        auto const first = words.empty() ? "--help" : words[0];
        if (first == "--help" || first == "-h" || first == "help") return fmt::print("{}", general_help()), words.empty() ? 2 : 0;
        if (first == "--version" || first == "-V") return fmt::print("tpu-convert " TPU_CONVERT_VERSION "\n"), 0;
        c = named(first);
        if (!c) unknown_command(first);
        words.erase(words.begin());
    }
    drop_verb(program, words);
    auto const asks = [&](std::string_view a, std::string_view b) {
        return std::any_of(words.begin(), words.end(), [&](auto const& w) { return w == a || w == b; });
    };
    if (asks("--help", "-h")) return fmt::print("{}", help_text(*c)), 0;
    if (c->name != "inspect" && asks("--version", "-V")) return fmt::print("tpu-convert " TPU_CONVERT_VERSION "\n"), 0;
    if (!c->run) throw model_error{error_code::not_built_yet, c->name, "this command is not built yet"};
    return c->run(arguments{c->options, words});
}

int print_error(error_code code, std::string const& sentence) {
    fmt::print(stderr, "tpu-convert: error TC{}: {}\n", static_cast<int>(code), sentence);
    return code == error_code::usage ? 2 : 1;
}

} // namespace

int main(int count, char** words) {
    std::signal(SIGXFSZ, SIG_IGN); // a file that may not grow is an error of write(), not the end
    try {
        auto const program = count ? std::filesystem::path(words[0]).filename().string() : std::string();
        int const status = dispatch(program, {words + std::min(count, 1), words + count});
        if (std::fflush(stdout) != 0) throw model_error{error_code::file_write, "", "cannot write to the standard output"};
        return status;
    } catch (model_error const& e) {
        return print_error(e.code(), e.what());
    } catch (std::bad_alloc const&) {
        return print_error(error_code::file_too_large, "there is not enough memory");
    } catch (std::exception const& e) {
        return print_error(error_code::internal, e.what());
    }
}
