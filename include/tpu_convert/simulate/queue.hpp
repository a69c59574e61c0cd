// Order of execution: two in-order engines that wait for each other's command ids.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/simulate/memory.hpp>
#include <vector>

namespace tpu_convert::simulate {

// eager_tiu and eager_dma run that engine as early as the ids allow; by_id runs DMA k, then the TIU commands that wait for k.
enum class order : std::uint8_t { eager_tiu, eager_dma, by_id };

struct queued_command {
    std::uint32_t id = 0;   // 1, 2, 3... in its stream
    std::uint32_t wait = 0; // id of the other engine that must be complete
    std::string_view name;
    std::byte const* bytes = nullptr;
    std::size_t index = 0; // for whoever made the queue
    void (*run)(void* state, std::byte const* bytes) = nullptr;
};

// Calls visit(command, tag) for each command in a legal order. A deadlock is a model_error.
TPU_CONVERT_INLINE void walk(std::span<queued_command const> tiu, std::span<queued_command const> dma, order how,
                             std::function<void(queued_command const&, command_tag const&)> const& visit);

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/queue.inl>
#endif
