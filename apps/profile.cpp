// profile: how long a .bmodel or .cvimodel file takes on its chip, and where the time goes.
#include "command.hpp"
#include <cstdio>
#include <filesystem>
#include <tpu_convert/chip/concepts.hpp>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/io/atomic_file.hpp>
#include <tpu_convert/model_file/bmodel/reader.hpp>
#include <tpu_convert/model_file/cvimodel/reader.hpp>
#include <tpu_convert/model_file/mapped_file.hpp>
#include <tpu_convert/report/json.hpp>
#include <tpu_convert/report/timeline.hpp>
#include <tpu_convert/simulate/clock_cvimodel.hpp>

namespace tpu_convert::apps {

std::span<option const> profile_table() {
    using enum option_kind;
    static constexpr option table[] = {
        {.name = "model", .kind = positional, .help = "the .bmodel or .cvimodel file", .required = true},
        {.name = "calibration",
         .help = "silicon: as measured on chips; vendor: as the vendor's compilers estimate (all that there is for .cvimodel)",
         .fallback = "silicon",
         .choices = "silicon vendor"},
        {.name = "layers",
         .help =
             "report in JSON that deploy --json wrote: tells which commands are which layer's, and what lies where in memory"},
        {.name = "json", .help = "write the figures as .json"},
        {.name = "trace", .help = "write each command's time as .json for chrome://tracing and Perfetto"},
        {.name = "report", .help = "write a page with a timeline of both engines, .html"},
        {.name = "net", .help = "a net of the file (default: the first)"},
    };
    return table;
}

namespace {

void check_suffix(arguments const& a, std::string_view option, std::string_view suffix) {
    if (a.given(option) && std::filesystem::path(a.text(option)).extension() != suffix)
        throw model_error{error_code::file_suffix, a.text(option),
                          "the file of --" + std::string(option) + " ends in " + std::string(suffix)};
}

struct known_layers {
    std::vector<simulate::layer_commands> commands;
    memory_plan memory;
};

known_layers layers_of(std::string const& file) {
    auto const bytes = map_file(file);
    std::string_view const text(reinterpret_cast<char const*>(bytes.bytes().data()), bytes.size());
    auto const page = report::from_json(text, file);
    std::vector<simulate::layer_commands> layers;
    for (auto const& l : page.layers)
        layers.push_back({l.name, l.operation, l.tiu_first, l.tiu_count, l.gdma_first, l.gdma_count});
    if (layers.empty())
        throw model_error{error_code::input_mismatch, file, "the report has no layers; write it with deploy --json"};
    return {std::move(layers), page.memory};
}

simulate::bmodel_time time_of(std::string const& model, clock_rates by, std::string const& net) {
    bool const small = model.ends_with(suffix_of(model_container::cvimodel));
    if (small && !net.empty()) throw model_error{error_code::usage, net, "a .cvimodel has one network; leave --net out"};
    if (small) return simulate::time_cvimodel(cvimodel::read(model));
    return simulate::time_bmodel(bmodel::read(model), by, net);
}

} // namespace

int profile(arguments const& a) {
    check_suffix(a, "json", ".json");
    check_suffix(a, "trace", ".json");
    check_suffix(a, "report", ".html");
    auto const by = a.text("calibration") == name_of(clock_rates::vendor) ? clock_rates::vendor : clock_rates::silicon;
    auto const time = time_of(a.text("model"), by, a.text("net"));
    auto const layers = a.given("layers") ? layers_of(a.text("layers")) : known_layers{};
    auto const sums = simulate::summarize(time, layers.commands);
    if (a.given("json")) write_file(a.text("json"), report::profile_json(time, sums));
    if (a.given("trace")) write_file(a.text("trace"), report::trace_json(time));
    if (a.given("report")) write_file(a.text("report"), report::timeline_html(time, sums, layers.memory));
    auto const text = report::profile_text(time, sums);
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size())
        throw model_error{error_code::file_write, "", "cannot write to the standard output"};
    return 0;
}

} // namespace tpu_convert::apps
