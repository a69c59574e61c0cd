// The types of a network as deploy's options ask for them.
#include "deploy_request.hpp"
#include <algorithm>
#include <tpu_convert/chip/registry.hpp>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/quantize/integer_rule.hpp>
#include <tpu_convert/quantize/own_scales.hpp>
#include <utility>

namespace tpu_convert::apps {

namespace {

std::set<std::size_t> chosen(bool all, std::set<std::size_t> const& some, std::size_t count, char const* option) {
    std::set<std::size_t> numbers = some;
    for (std::size_t i = 0; all && i < count; ++i) numbers.insert(i);
    if (!numbers.empty() && *numbers.rbegin() >= count)
        throw model_error{error_code::usage, option,
                          "the network has " + std::to_string(count) + ", there is no number " +
                              std::to_string(*numbers.rbegin() + 1)};
    return numbers;
}

std::vector<std::string> activations_of(graph const& g) {
    std::vector<std::string> names;
    for (auto v : g.order())
        for (auto const& r : g[v].results)
            if (g[v].kind != node_kind::weight && r.type == dtype::f32) names.push_back(r.name);
    return names;
}

typed_network assign_on_chip(graph const& g, network_type_options const& options, std::string_view chip) {
    typed_network typed;
    with_chip(chip, [&]<class Chip>(std::type_identity<Chip>) {
        typed = assign_network_types<typename Chip::integer_rules>(g, options);
    });
    return typed;
}

} // namespace

typed_network assign_types(graph const& g, deploy_request const& r) {
    network_type_options options;
    options.precision = r.precision, options.integer = r.integer;
    options.asymmetric = r.asymmetric, options.matmul_per_channel = r.matmul_per_channel;
    options.channel_scales = r.channel_scales;
    options.high_precision = r.high_precision;
    if (!r.quantize_table.empty()) options.exceptions = read_quantize_table(r.quantize_table);
    if (!r.calibration_table.empty()) {
        options.table = read_calibration_table(r.calibration_table);
        auto names = activations_of(g);
        std::erase_if(names, [&](std::string const& n) {
            return std::find(r.float_names.begin(), r.float_names.end(), n) != r.float_names.end();
        });
        check_table_names(options.table, names, r.calibration_table);
    }
    with_chip(r.chip, [&]<class Chip>(std::type_identity<Chip>) {
        char const* const wide = Chip::computes_in(dtype::f32) ? "F32" : "BF16";
        for (auto const& name : r.float_names) options.exceptions.rows.push_back({name, wide});
    });
    bool const some_integers = std::any_of(options.exceptions.rows.begin(), options.exceptions.rows.end(),
                                           [](quantize_row const& row) { return row.mode == "INT8"; });
    if (some_integers && r.calibration_table.empty())
        throw model_error{error_code::usage, "--calibration_table", "the quantize table asks for INT8, which needs this"};
    options.narrow_inputs = chosen(r.all_narrow_inputs, r.narrow_inputs, g.inputs().size(), "--quant_input_list");
    options.narrow_outputs = chosen(r.all_narrow_outputs, r.narrow_outputs, g.outputs.size(), "--quant_output_list");
    if (!r.own_scales) return assign_on_chip(g, options, r.chip);
    auto own = take_own_scales(g);
    options.table = std::move(own.table);
    options.asymmetric = options.asymmetric || own.asymmetric;
    for (auto& name : own.without_scales)
        options.exceptions.rows.insert(options.exceptions.rows.begin(), {std::move(name), "F16"});
    return assign_on_chip(own.net, options, r.chip);
}

} // namespace tpu_convert::apps
