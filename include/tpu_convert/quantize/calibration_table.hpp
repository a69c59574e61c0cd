// Value ranges of a network's tensors as a text file: TPU-MLIR's calibration table.
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tpu_convert/core/config.hpp>
#include <utility>
#include <vector>

namespace tpu_convert {

struct calibration_row {
    double threshold = 0, min = 0, max = 0;
};

// Of one channel of a tensor.
struct channel_range {
    double min = 0, max = 0;
};

// Rows by tensor name, in the file's order; of two rows of one name the last counts.
class calibration_rows {
public:
    using entry = std::pair<std::string, calibration_row>;

    void set(std::string name, calibration_row row) {
        auto const [at, is_new] = places_.emplace(name, rows_.size());
        if (is_new) rows_.emplace_back(std::move(name), row);
        else rows_[at->second].second = row;
    }
    // Null if there is none.
    calibration_row const* find(std::string_view name) const {
        auto const at = places_.find(name);
        return at == places_.end() ? nullptr : &rows_[at->second].second;
    }
    std::size_t size() const { return rows_.size(); }
    bool empty() const { return rows_.empty(); }
    auto begin() const { return rows_.begin(); }
    auto end() const { return rows_.end(); }

private:
    std::vector<entry> rows_;
    std::map<std::string, std::size_t, std::less<>> places_;
};

struct calibration_table {
    // What the header says; empty or 0 where it says nothing.
    std::string version, mlir, time, method;
    std::int64_t bins = 0, samples = 0, tune = 0;
    bool fp8 = false; // for 8-bit floats: max = threshold, min = -max

    calibration_rows rows, int4_rows;
    std::set<std::string, std::less<>> asym_ops, int4_ops;
    std::map<std::string, std::vector<double>, std::less<>> weight_scales; // of weights trained for INT8, `<operator>_weight`
    std::map<std::string, std::vector<channel_range>, std::less<>> channels; // of tensors whose channels may have own scales
    std::vector<std::string> warnings;                                    // about lines that were repaired or passed over
};

// Below it a threshold is written as this.
inline constexpr double least_threshold = 1e-5;
// What an infinite field stands for.
inline constexpr double infinite_threshold = 6.5e4;

// Throws file_damaged with the line's number for a threshold that is not positive, for NaN, and for a text without any row.
calibration_table parse_calibration_table(std::string_view text, std::string_view file);
calibration_table read_calibration_table(std::filesystem::path const& path);
// With seven decimals. A threshold below the least one, or NaN, is written as the least one.
std::string print_calibration_table(calibration_table const& table);
// The whole file or nothing.
void write_calibration_table(std::filesystem::path const& path, calibration_table const& table);

// Throws input_mismatch if fewer than half of `names` have a row: the table belongs to another network.
void check_table_names(calibration_table const& table, std::span<std::string const> names, std::string_view file);

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/quantize/calibration_table.inl>
#endif
