// transform's options about images.
#pragma once
#include "command.hpp"
#include <tpu_convert/graph/graph.hpp>

namespace tpu_convert::apps {

// Sets how images become inputs, where the user asks for it or the shape allows it. Throws for options that can't be right.
void attach_preprocessing(graph& g, arguments const& a);

} // namespace tpu_convert::apps
