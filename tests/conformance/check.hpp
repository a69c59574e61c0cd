// One random case through everything that it must survive.
#pragma once
#include "../unit/kernel_case.hpp"

namespace tpu_convert::test {

struct check_result {
    int checked = 0, refused = 0;     // precisions
    std::vector<std::string> reasons; // of what was refused, once each
    std::vector<std::string> faults;  // sentences with the precision
};

// In each precision: the machine against the reference evaluated on the typed network, within c.ulps half ulps of the largest
// magnitude; what became integers altogether, exactly. The reference of the operator against its independent definition.
check_result check(kernel_case const& c);

std::string describe(kernel_case const& c);

} // namespace tpu_convert::test
