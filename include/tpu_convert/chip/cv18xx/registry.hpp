// Every chip of the CV18xx family, once.
#pragma once
#include <tpu_convert/chip/cv180x/chip.hpp>
#include <tpu_convert/chip/cv181x/chip.hpp>
#include <tpu_convert/chip/cv182x/chip.hpp>
#include <tpu_convert/chip/cv183x/chip.hpp>
#include <tpu_convert/core/type_list.hpp>

namespace tpu_convert {

using cv18xx_chips = type_list<cv183x, cv182x, cv181x, cv180x>;

} // namespace tpu_convert
