// inspect: what a .bmodel or .cvimodel file holds.
#include "command.hpp"
#include <array>
#include <charconv>
#include <cstdio>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/io/atomic_file.hpp>
#include <tpu_convert/model_file/bmodel/inspect.hpp>
#include <tpu_convert/model_file/bmodel/reader.hpp>
#include <tpu_convert/model_file/cvimodel/disassemble.hpp>
#include <tpu_convert/model_file/cvimodel/inspect.hpp>
#include <tpu_convert/model_file/cvimodel/reader.hpp>
#include <tpu_convert/model_file/mapped_file.hpp>

namespace tpu_convert::apps {

namespace {

void print_text(std::string_view text) {
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size())
        throw model_error{error_code::file_write, "", "cannot write to the standard output"};
}

std::uint64_t byte_count(std::string const& text) {
    bool const hex = text.starts_with("0x");
    char const *const first = text.data() + (hex ? 2 : 0), *const last = text.data() + text.size();
    std::uint64_t n = 0;
    auto const [end, error] = std::from_chars(first, last, n, hex ? 16 : 10);
    if (error != std::errc{} || end != last)
        throw model_error{error_code::usage, "--dump", "'" + text + "' is no count of bytes; write 4096 or 0x1000"};
    return n;
}

// Bytes of the binary section, as --print gives their places.
void dump(std::vector<std::string> const& words) {
    if (words.size() != 4)
        throw model_error{error_code::usage, "--dump", "takes a file, a start, a size and an output file"};
    auto const section = bmodel::read(words[0]).binary_section;
    std::uint64_t const start = byte_count(words[1]), size = byte_count(words[2]);
    if (start > section.size() || size > section.size() - start)
        throw model_error{error_code::usage, words[0],
                          "its binary section has " + std::to_string(section.size()) + " bytes; " + words[1] + "+" + words[2] +
                              " is not within"};
    write_file(words[3], section.bytes().subspan(start, size));
}

std::optional<isa::engine> engine_of(arguments const& a) {
    std::string const engine = a.text("engine");
    if (engine == "tiu") return isa::engine::tiu;
    if (engine == "dma") return isa::engine::gdma;
    return std::nullopt;
}

bool is_dynamic(bmodel::file const& f) {
    for (auto const& n : f.nets)
        for (auto const& s : n.stages)
            if (s.is_dynamic) return true;
    return false;
}

int inspect_bmodel(arguments const& a) {
    if (a.given("info")) print_text(bmodel::info_text(bmodel::read(a.text("info")), a.flag("all")));
    if (a.given("print")) print_text(bmodel::json_text(bmodel::read(a.text("print"))));
    if (a.given("dump")) dump(a.list("dump"));
    if (a.given("chip")) print_text(bmodel::read(a.text("chip")).chip + "\n");
    if (a.given("disassemble")) bmodel::disassemble(bmodel::read(a.text("disassemble")), engine_of(a), print_text);
    if (a.given("is_dynamic")) print_text(is_dynamic(bmodel::read(a.text("is_dynamic"))) ? "true\n" : "false\n");
    if (a.given("version")) print_text(bmodel::read(a.text("version")).version + "\n");
    return 0;
}

int inspect_cvimodel(arguments const& a, blob const& bytes, std::string const& path) {
    if (a.given("dump"))
        throw model_error{error_code::not_built_yet, path, "--dump is for .bmodel files; a .cvimodel file has sections instead"};
    auto const f = cvimodel::read(bytes, path);
    if (a.given("info")) print_text(cvimodel::info_text(f, a.flag("all")));
    if (a.given("print")) print_text(cvimodel::json_text(f));
    if (a.given("disassemble")) cvimodel::disassemble(f, engine_of(a), print_text);
    if (a.given("chip")) print_text(f.chip + "\n");
    if (a.given("is_dynamic")) print_text("false\n"); // the format has fixed shapes only
    if (a.given("version"))
        print_text(cvimodel::version_text(f) + "\n");
    return 0;
}

} // namespace

int inspect(arguments const& a) {
    static constexpr std::array verbs{"info", "print", "dump", "chip", "disassemble", "is_dynamic", "version"};
    int given = 0;
    for (auto const* v : verbs) given += a.given(v);
    if (given != 1)
        throw model_error{error_code::usage, "inspect", "takes one of --info, --print, --dump, --chip, --disassemble, "
                                                        "--is_dynamic, --version, and a file after it"};
    for (auto const* v : verbs) {
        if (!a.given(v)) continue;
        std::string const path = std::string_view(v) == "dump" && !a.list(v).empty() ? a.list(v)[0] : a.text(v);
        auto const bytes = map_file(path);
        if (cvimodel::is_cvimodel(bytes)) return inspect_cvimodel(a, bytes, path);
    }
    return inspect_bmodel(a);
}

} // namespace tpu_convert::apps
