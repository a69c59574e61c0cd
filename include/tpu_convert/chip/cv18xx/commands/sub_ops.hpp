// Sub-operations of the CV18xx's commands. The CV183x has neither pool.min nor tensor.ge.
#pragma once
#include <tpu_convert/isa/field.hpp>

namespace tpu_convert::cv18xx_layout {

using namespace isa;

using conv_ops = sub_op_list<sub_op<0, "conv">>;
using pool_ops = sub_op_list<sub_op<0, "pool.max">, sub_op<1, "pool.average">, sub_op<2, "pool.depthwise">,
    sub_op<3, "pool.min">>;
using matmul_ops = sub_op_list<sub_op<0, "matmul">>;
using tensor_ops = sub_op_list<sub_op<0, "tensor.mul">, sub_op<1, "tensor.mac">, sub_op<2, "tensor.add">,
    sub_op<3, "tensor.sub">, sub_op<4, "tensor.max">, sub_op<5, "tensor.min">, sub_op<6, "tensor.shift">,
    sub_op<7, "tensor.and">, sub_op<8, "tensor.or">, sub_op<9, "tensor.xor">, sub_op<10, "tensor.copy">,
    sub_op<11, "tensor.ge">, sub_op<12, "tensor.lut">>;
using tdma_ops = sub_op_list<sub_op<0, "tdma.copy">, sub_op<1, "tdma.transpose">, sub_op<4, "tdma.fill">>;

} // namespace tpu_convert::cv18xx_layout

namespace tpu_convert::cv183x_layout {

using namespace cv18xx_layout;

using pool_ops = sub_op_list<sub_op<0, "pool.max">, sub_op<1, "pool.average">, sub_op<2, "pool.depthwise">>;
using tensor_ops = sub_op_list<sub_op<0, "tensor.mul">, sub_op<1, "tensor.mac">, sub_op<2, "tensor.add">,
    sub_op<3, "tensor.sub">, sub_op<4, "tensor.max">, sub_op<5, "tensor.min">, sub_op<6, "tensor.shift">,
    sub_op<7, "tensor.and">, sub_op<8, "tensor.or">, sub_op<9, "tensor.xor">, sub_op<10, "tensor.copy">,
    sub_op<12, "tensor.lut">>;

} // namespace tpu_convert::cv183x_layout
namespace tpu_convert::cv182x_layout {
using namespace cv18xx_layout;
}
