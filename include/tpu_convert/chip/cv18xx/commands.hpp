// Every command of the CV18xx family.
#pragma once
#include <tpu_convert/chip/cv18xx/commands/tdma.hpp>
#include <tpu_convert/chip/cv18xx/commands/tiu_182x.hpp>
#include <tpu_convert/chip/cv18xx/commands/tiu_183x.hpp>
