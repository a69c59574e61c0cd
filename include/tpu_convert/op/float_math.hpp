// exp, log, tanh and erf: the standard library's for double.
#pragma once
#include <cmath>

namespace tpu_convert::float_math {

template <class T> T exp(T x) { return std::exp(x); }
template <class T> T log(T x) { return std::log(x); }
template <class T> T tanh(T x) { return std::tanh(x); }
template <class T> T erf(T x) { return std::erf(x); }

} // namespace tpu_convert::float_math
