// The list of families of commands.
#include "fuzz_families.hpp"

namespace tpu_convert::record {

std::span<family const> families() {
    static constexpr family all[] = {{"ar_float", make_ar_float}};
    return all;
}

} // namespace tpu_convert::record
