#pragma once
#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <map>
#include <span>
#include <sstream>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/io/atomic_file.hpp>
#include <tpu_convert/model_file/digest.hpp>
#include <tpu_convert/op/reference.hpp>
#include <tpu_convert/schedule/plan_cache.hpp>
#include <type_traits>

namespace tpu_convert {

namespace detail {

TPU_CONVERT_INLINE std::string digest_text(std::span<std::byte const> bytes) {
    std::string hex;
    for (auto const b : sha256(bytes)) hex += fmt::format("{:02x}", b);
    return hex;
}
TPU_CONVERT_INLINE std::string digest_text(std::string_view text) {
    return digest_text(std::as_bytes(std::span(text.data(), text.size())));
}

// Values as bytes, each with what is needed to tell where it ends.
class key_text {
public:
    template <class T>
        requires std::is_arithmetic_v<T>
    void add(T v) {
        text_.append(reinterpret_cast<char const*>(&v), sizeof v);
    }
    void add(std::string_view s) { add(s.size()), text_ += s; }
    void add(std::string const& s) { add(std::string_view(s)); }
    template <class T>
    void add(std::vector<T> const& all) {
        add(all.size());
        for (auto const& v : all) add(v);
    }
    void add(attribute_map const& all) {
        add(all.size());
        for (auto const& [name, v] : all) add(name), add(v.index()), std::visit([&](auto const& x) { add(x); }, v);
    }
    void add(value const& v) {
        add(v.dims), add(static_cast<int>(v.type)), add(v.scale), add(v.zero_point), add(v.channel_scales);
    }
    std::string const& text() const { return text_; }

private:
    std::string text_;
};

inline constexpr std::string_view cache_title = "tpu-convert groups 1", cache_suffix = ".groups";

TPU_CONVERT_INLINE std::string schedule_text(std::string const& key, chosen_schedule const& s) {
    std::string text = fmt::format("{}\n{}\n{} {:d}\n", cache_title, key, s.units.size(), s.early_conversions);
    for (auto const& u : s.units)
        text += fmt::format("{} {} {} {} {} {} {:a}\n", u.first, u.count, u.tile[0], u.tile[1], u.tile[2], u.tile[3], u.cost);
    return text + digest_text(text) + "\n";
}

template <class T>
bool read_number(std::string_view& line, T& to) {
    while (line.starts_with(' ')) line.remove_prefix(1);
    std::from_chars_result done{};
    if constexpr (std::is_floating_point_v<T>) {
        if (!line.starts_with("0x")) return false; // as {:a} writes what is not negative
        line.remove_prefix(2);
        done = std::from_chars(line.data(), line.data() + line.size(), to, std::chars_format::hex);
    } else {
        done = std::from_chars(line.data(), line.data() + line.size(), to);
    }
    line.remove_prefix(static_cast<std::size_t>(done.ptr - line.data()));
    return done.ec == std::errc{};
}

TPU_CONVERT_INLINE std::optional<chosen_schedule> schedule_of(std::string const& text, std::string const& key) {
    constexpr std::size_t digest_line = 65;
    if (text.size() < digest_line) return std::nullopt;
    auto const body = std::string_view(text).substr(0, text.size() - digest_line);
    if (digest_text(body) + "\n" != text.substr(body.size())) return std::nullopt;
    std::istringstream lines{std::string(body)};
    std::string title, of, line;
    std::size_t count = 0;
    if (!std::getline(lines, title) || title != cache_title || !std::getline(lines, of) || of != key) return std::nullopt;
    std::getline(lines, line);
    std::string_view rest = line;
    int early = 0;
    if (!read_number(rest, count) || !read_number(rest, early)) return std::nullopt;
    chosen_schedule s{early != 0, {}};
    while (std::getline(lines, line)) {
        chosen_unit u;
        rest = line;
        bool fine = read_number(rest, u.first) && read_number(rest, u.count);
        for (auto& length : u.tile) fine = fine && read_number(rest, length);
        if (!fine || !read_number(rest, u.cost) || !rest.empty()) return std::nullopt;
        s.units.push_back(u);
    }
    return s.units.size() == count ? std::optional(std::move(s)) : std::nullopt;
}

} // namespace detail

TPU_CONVERT_INLINE std::filesystem::path plan_cache::file() const { return folder_ / (key_ + std::string(detail::cache_suffix)); }

TPU_CONVERT_INLINE std::optional<chosen_schedule> plan_cache::find() const {
    constexpr std::uintmax_t most_bytes = 16 << 20;
    std::error_code error;
    if (key_.empty() || !std::filesystem::is_regular_file(file(), error) ||
        std::filesystem::file_size(file(), error) > most_bytes)
        return std::nullopt;
    std::ifstream in(file(), std::ios::binary);
    std::string const text{std::istreambuf_iterator<char>(in), {}};
    return detail::schedule_of(text, key_);
}

TPU_CONVERT_INLINE void plan_cache::store(chosen_schedule const& s) const {
    if (key_.empty()) return;
    std::error_code error;
    std::filesystem::create_directories(folder_, error);
    if (error) return;
    try {
        write_file(file(), detail::schedule_text(key_, s));
    } catch (model_error const&) { // without room or right to write it is searched again next time
        return;
    }
    forget_oldest();
}

TPU_CONVERT_INLINE void plan_cache::forget_oldest() const {
    constexpr std::size_t most_files = 256;
    std::error_code error;
    std::vector<std::pair<std::filesystem::file_time_type, std::filesystem::path>> files;
    for (auto it = std::filesystem::directory_iterator(folder_, error); !error && it != std::filesystem::directory_iterator();
         it.increment(error)) {
        std::error_code gone;
        auto const age = std::filesystem::last_write_time(it->path(), gone);
        if (!gone && it->path().extension() == detail::cache_suffix) files.emplace_back(age, it->path());
    }
    if (files.size() <= most_files) return;
    std::sort(files.begin(), files.end());
    for (std::size_t i = 0; i < files.size() - most_files; ++i) std::filesystem::remove(files[i].second, error);
}

TPU_CONVERT_INLINE std::string search_key(graph const& g, std::string_view about) {
    constexpr std::int64_t most_elements = 16384; // of weights whose values count
    detail::key_text key;
    key.add(about);
    std::map<graph::id, std::size_t> position;
    auto const order = g.order();
    for (auto const v : order) {
        node const& n = g[v];
        std::size_t const here = position.size();
        position.emplace(v, here);
        key.add(static_cast<int>(n.kind));
        for (auto const& r : n.results) key.add(r);
        if (n.payload && n.payload->size() <= most_elements)
            key.add(detail::digest_text(std::as_bytes(n.payload->values())));
        if (n.kind != node_kind::operation) continue;
        key.add(n.op->name), key.add(n.op->to_map(n.attributes));
        for (auto const& o : g.operands(v)) key.add(o ? position.at(o.node) : order.size()), key.add(o.result);
    }
    for (auto const& o : g.outputs) key.add(position.at(o.node)), key.add(o.result);
    return detail::digest_text(key.text());
}

} // namespace tpu_convert
