// What the rewrites of the family are written with.
#pragma once
#include <tpu_convert/pass/typed_steps.hpp>

namespace tpu_convert::cv18xx_rewrite {

using pass::ref;
using pass::typed_steps;

} // namespace tpu_convert::cv18xx_rewrite
