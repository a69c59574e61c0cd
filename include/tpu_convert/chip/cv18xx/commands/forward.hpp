// Names of the CV18xx's command types, without their layouts. Both layouts use the same names of fields.
#pragma once
#include <tpu_convert/core/type_list.hpp>

namespace tpu_convert::cv183x_layout {

struct command_names {
    struct conv; struct pool; struct matmul; struct tensor; struct tdma;
    using tiu_commands = type_list<conv, pool, matmul, tensor>;
    using gdma_commands = type_list<tdma>;
};

} // namespace tpu_convert::cv183x_layout

// CV182x, CV181x and CV180x.
namespace tpu_convert::cv182x_layout {

struct command_names {
    struct conv; struct pool; struct matmul; struct tensor; struct tdma;
    using tiu_commands = type_list<conv, pool, matmul, tensor>;
    using gdma_commands = type_list<tdma>;
};

} // namespace tpu_convert::cv182x_layout
