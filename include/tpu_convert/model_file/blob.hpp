// A run of bytes that somebody keeps alive: a piece of a mapped file, a vector of its own, or a view.
#pragma once
#include <cstddef>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace tpu_convert {

class blob {
public:
    blob() = default;
    blob(std::vector<std::byte> bytes) {
        auto kept = std::make_shared<std::vector<std::byte> const>(std::move(bytes));
        bytes_ = *kept;
        owner_ = std::move(kept);
    }
    blob(std::span<std::byte const> bytes, std::shared_ptr<void const> owner) : bytes_(bytes), owner_(std::move(owner)) {}
    // The caller keeps the bytes alive.
    static blob view(std::span<std::byte const> bytes) { return {bytes, nullptr}; }

    std::span<std::byte const> bytes() const { return bytes_; }
    std::shared_ptr<void const> const& owner() const { return owner_; }
    std::size_t size() const { return bytes_.size(); }
    bool empty() const { return bytes_.empty(); }

private:
    std::span<std::byte const> bytes_;
    std::shared_ptr<void const> owner_;
};

} // namespace tpu_convert
