// Names of the tensor types, without the tensor library.
#pragma once

namespace tpu_convert {

template <class T>
class basic_tensor;
using tensor = basic_tensor<float>;           // what the reference computes with
using constant_tensor = basic_tensor<double>; // what constant folding computes with: exact for integers up to 2^53

} // namespace tpu_convert
