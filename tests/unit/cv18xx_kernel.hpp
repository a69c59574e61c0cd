// The networks of kernel_cases.hpp in BF16 on chips of the CV18xx family.
#pragma once
#include "kernel_case.hpp"
#include <tpu_convert/chip/cv18xx/registry.hpp>
#include <tpu_convert/quantize/integer_rule.hpp>
#include <tpu_convert/quantize/network_types.hpp>
#include <tpu_convert/simulate/run_cvimodel.hpp>

namespace tpu_convert::test {

using recorded_chips = type_list<cv183x, cv180x>; // with most and with fewest lanes

// An exponential on the processor, which is not the same everywhere; types that are given; not one of the family's operators.
inline bool has_cv18xx_form(kernel_case const& c) {
    return !c.result && (c.op != "Softmax" || c.attributes.find("log") != c.attributes.end());
}

template <class Chip>
std::string cv18xx_stem(std::size_t index, kernel_case const& c) {
    return stem_of(index, c, dtype::bf16) + "_" + std::string(Chip::name);
}

template <class Chip>
cvimodel::file compile_cv18xx(kernel_network const& n) {
    network_type_options types;
    types.precision = dtype::bf16;
    deploy_options options;
    options.net_name = "kernel";
    return std::get<cvimodel::file>(deploy_typed<Chip>(assign_network_types<cv18xx_rules>(n.top, types).net, options).file);
}

} // namespace tpu_convert::test
