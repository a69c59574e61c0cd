// Types of single operators as a text file: TPU-MLIR's quantize table.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <tpu_convert/core/config.hpp>
#include <vector>

namespace tpu_convert {

struct quantize_row {
    std::string name;
    std::string mode;            // in capitals, one of quantize_modes
    std::int64_t group_size = 0; // weights that share a scale; 0: not given
};

struct quantize_table {
    std::vector<quantize_row> rows;
    std::string chip;         // what the header says
    std::int64_t samples = 0;

    // The last row of that name; null if there is none.
    quantize_row const* find(std::string_view name) const;
};

// Every value of --quantize.
inline constexpr std::string_view quantize_modes[] = {
    "F32",        "F16",         "BF16",       "INT8",        "INT4",         "W8F16",         "W8BF16",
    "W4F16",      "W4BF16",      "W4INT8",     "F8E4M3",      "F8E5M2",       "QDQ",           "INT8F16DYN",
    "INT8BF16DYN", "INT4F16DYN", "INT4BF16DYN", "F8E4M3F16DYN", "F8E4M3BF16DYN", "F4F16DYN",   "F4BF16DYN"};

// Throws file_damaged with the line's number for a line that is neither a row nor a comment.
quantize_table parse_quantize_table(std::string_view text, std::string_view file);
// `name:mode,name:mode`; throws usage. The last colon parts, for names may hold some.
quantize_table parse_inline_quantize_table(std::string_view text);
// A file, or, if there is none of that name and it holds a colon, an inline table.
quantize_table read_quantize_table(std::string const& path_or_inline);
std::string print_quantize_table(quantize_table const& table, std::string_view time);

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/quantize/qtable.inl>
#endif
