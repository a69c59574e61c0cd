// Runs the ONNX backend tests through import and the reference. Fails if a case of the first list does not pass as listed.
#include "case.hpp"
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>
#include <tpu_convert/core/error.hpp>

namespace {

using tpu_convert::test::freeze_rule;
namespace fs = std::filesystem;

// "name rest of the line" in each line; lines that begin with # are comments.
std::map<std::string, std::string> read_list(fs::path const& path) {
    std::map<std::string, std::string> entries;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line[0] == '#') continue;
        auto const space = line.find(' ');
        entries.emplace(line.substr(0, space), space == std::string::npos ? "" : line.substr(space + 1));
    }
    return entries;
}

constexpr char const* rule_names[]{"open", "integers", "frozen"};

struct verdict {
    int rule = -1; // index of rule_names, -1: it fails
    std::string why;
};

verdict judge(tpu_convert::test::suite_case const& c) {
    verdict v;
    for (auto const rule : {freeze_rule::nothing, freeze_rule::integers, freeze_rule::everything}) {
        auto const why = run_case(c, rule);
        if (why.empty()) return {static_cast<int>(rule), ""};
        v.why += (v.why.empty() ? "" : " | ") + why;
    }
    return v;
}

int rule_of(std::string const& name) {
    for (int i = 0; i < 3; ++i)
        if (name == rule_names[i]) return i;
    return -1;
}

} // namespace

// onnx_suite PASSING FAILING [FILTER]: a filter lists what the cases do whose names contain it.
int main(int argc, char** argv) {
    char const* const given = std::getenv("TPU_CONVERT_ONNX_TESTS");
    fs::path const root = given ? given : "/usr/share/libonnx-testdata/data";
    if (argc < 3) return std::cerr << "usage: onnx_suite PASSING FAILING [FILTER]\n", 2;
    if (!fs::exists(root)) return std::cout << "skipped: " << root.string() << " is absent (libonnx-testdata)\n", 77;
    auto passing = read_list(argv[1]);
    auto const failing = read_list(argv[2]);
    std::string const filter = argc > 3 ? argv[3] : "";
    std::set<fs::path> folders;
    for (auto const* kind : {"node", "simple", "pytorch-converted", "pytorch-operator"})
        if (fs::exists(root / kind))
            for (auto const& entry : fs::directory_iterator(root / kind)) folders.insert(entry.path());
    int passed = 0, numbers = 0, counts[3] = {}, worse = 0, news = 0;
    for (auto const& folder : folders) {
        std::string const name = folder.parent_path().filename() / folder.filename();
        auto const listed = passing.find(name);
        bool const shown = !filter.empty() && name.find(filter) != std::string::npos;
        if (!filter.empty() && !shown) continue;
        try {
            auto const c = tpu_convert::test::read_case(folder);
            ++numbers;
            auto const v = judge(c);
            if (v.rule >= 0) ++passed, ++counts[v.rule];
            int const wanted = listed == passing.end() ? -1 : rule_of(listed->second);
            if (shown || (wanted >= 0 && (v.rule < 0 || v.rule > wanted)))
                std::cout << (v.rule >= 0 ? "pass " : "FAIL ") << name << ' '
                          << (v.rule < 0 ? c.group + ": " + v.why : rule_names[v.rule]) << '\n';
            worse += wanted >= 0 && (v.rule < 0 || v.rule > wanted);
            if (wanted < 0 && v.rule >= 0) ++news, std::cout << "new  " << name << ' ' << rule_names[v.rule] << '\n';
            if (v.rule < 0 && !failing.contains(name)) std::cout << "fail " << name << ' ' << c.group << ": " << v.why << '\n';
        } catch (tpu_convert::model_error const&) {
        }
    }
    std::cout << passed << " of " << numbers << " cases pass (" << counts[0] << " with every input open, " << counts[1]
              << " with integer inputs known at import, " << counts[2] << " with all known); " << worse << " got worse, " << news
              << " are not listed\n";
    return worse != 0;
}
