// digits FLOAT.npz CHIP.npz LABELS.npz DEPLOY.json REPORT.html [STAGE=SECONDS]... : accuracy of both, added to the report of
// deploy.
#include <algorithm>
#include <cstdio>
#include <exception>
#include <fmt/format.h>
#include <fstream>
#include <functional>
#include <iterator>
#include <numeric>
#include <string>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/io/npz.hpp>
#include <tpu_convert/report/json.hpp>
#include <utility>
#include <vector>

namespace {

using namespace tpu_convert;

// The class with the highest score, for each image.
std::vector<int> guesses(std::string const& file, std::string const& output) {
    tensor const scores = to_tensor(read_npz(file).at(output, file));
    auto const classes = scores.dim(scores.rank() - 1);
    std::vector<int> best;
    for (std::int64_t i = 0; i < scores.size(); i += classes) {
        auto const row = scores.values().subspan(static_cast<std::size_t>(i), static_cast<std::size_t>(classes));
        best.push_back(static_cast<int>(std::max_element(row.begin(), row.end()) - row.begin()));
    }
    return best;
}

std::string percent_right(std::vector<int> const& guess, tensor const& labels) {
    std::size_t right = 0;
    for (std::size_t i = 0; i < guess.size(); ++i) right += static_cast<float>(guess[i]) == labels[static_cast<std::int64_t>(i)];
    return fmt::format("{:.1f} % ({} of {})", 100.0 * static_cast<double>(right) / static_cast<double>(guess.size()), right,
                       guess.size());
}

report::page read_report(std::string const& file) {
    std::ifstream in(file);
    return report::from_json(std::string(std::istreambuf_iterator<char>(in), {}), file);
}

// Those of the command line; after the command that wrote the report, what it was made of.
std::vector<report::page_stage> all_stages(std::vector<std::string> const& words, std::vector<report::page_stage> deploy) {
    std::vector<report::page_stage> stages;
    for (std::size_t i = 5; i < words.size(); ++i) {
        auto const at = words[i].find('=');
        if (at == std::string::npos) continue;
        stages.push_back({words[i].substr(0, at), std::stod(words[i].substr(at + 1))});
        if (stages.back().name.starts_with("deploy"))
            for (auto& s : deploy) stages.push_back({"of it: " + s.name, s.seconds});
    }
    return stages;
}

void write_page(std::vector<std::string> const& words) {
    auto page = read_report(words[3]);
    auto const output = std::find_if(page.tensors.begin(), page.tensors.end(), [](auto const& t) { return t.is_output; });
    if (output == page.tensors.end()) throw model_error{error_code::file_damaged, words[3], "names no output"};
    tensor const labels = to_tensor(read_npz(words[2]).at("label", words[2]));
    auto const in_float = guesses(words[0], output->name), on_chip = guesses(words[1], output->name);
    if (in_float.size() != on_chip.size() || static_cast<std::int64_t>(on_chip.size()) != labels.size())
        throw model_error{error_code::input_mismatch, words[2], "has not as many labels as the network has results"};
    std::vector<report::page_figure> const found{{"accuracy, float network", percent_right(in_float, labels)},
                                                 {"accuracy, chip", percent_right(on_chip, labels)},
                                                 {"same answer", fmt::format("{} of {}", std::inner_product(
                                                      on_chip.begin(), on_chip.end(), in_float.begin(), 0, std::plus<>{},
                                                      std::equal_to<>{}), on_chip.size())}};
    for (auto const& f : found) std::printf("%-26s %s\n", (f.label + ":").c_str(), f.value.c_str());
    page.title = "Handwritten digits on the chip";
    page.figures.insert(page.figures.begin(), found.begin(), found.end());
    page.stages = all_stages(words, std::move(page.stages));
    report::write_report(words[4], page);
}

} // namespace

int main(int argc, char** argv) {
    std::vector<std::string> const words(argv + 1, argv + argc);
    if (words.size() < 5) {
        std::fputs("usage: digits FLOAT.npz CHIP.npz LABELS.npz DEPLOY.json REPORT.html [STAGE=SECONDS]...\n", stderr);
        return 2;
    }
    try {
        write_page(words);
    } catch (model_error const& e) {
        std::fprintf(stderr, "digits: error %s\n", e.line().c_str());
        return 1;
    } catch (std::exception const& e) {
        std::fprintf(stderr, "digits: error %s\n", e.what());
        return 1;
    }
}
