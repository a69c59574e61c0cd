// Lowerings of the family of integer operators.
#pragma once
#include <tpu_convert/chip/cv18xx/lowering/conversion.hpp>
#include <tpu_convert/chip/cv18xx/lowering/integer_conv.hpp>
#include <tpu_convert/chip/cv18xx/lowering/integer_elementwise.hpp>
#include <tpu_convert/chip/cv18xx/lowering/mat_mul.hpp>
#include <tpu_convert/chip/cv18xx/lowering/pool.hpp>
