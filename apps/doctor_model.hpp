// doctor on a network: what of it runs on a chip, and what to do about the rest.
#pragma once
#include "command.hpp"

namespace tpu_convert::apps {

// 0: it can be converted as it is.
int examine_model(arguments const& a);

} // namespace tpu_convert::apps
