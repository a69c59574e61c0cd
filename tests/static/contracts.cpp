// The registered chips are chips, and their resources fit together.
#include <tpu_convert/chip/registry.hpp>

namespace tpu_convert {
namespace {

template <chip Chip>
constexpr bool sound = Chip::lanes > 0 && (Chip::lanes & (Chip::lanes - 1)) == 0 && Chip::lane_memory_bytes % Chip::banks == 0 &&
                       Chip::lane_memory_bytes / Chip::banks % Chip::eu_bytes == 0 && Chip::cores >= 1 && Chip::tiu_hertz > 0;

static_assert([]<class... Chips>(type_list<Chips...>) { return (sound<Chips> && ...); }(all_chips{}));

} // namespace
} // namespace tpu_convert
