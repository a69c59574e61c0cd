// The two files of a graph: text, and weights beside it.
#pragma once
#include <deque>
#include <fstream>
#include <iterator>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/graph/mlir_text.hpp>
#include <tpu_convert/io/npz.hpp>

namespace tpu_convert {

TPU_CONVERT_INLINE std::string weight_file_name(graph const& g) { return g.name + "_top_f32_all_weight.npz"; }

TPU_CONVERT_INLINE void write_mlir(atomic_file& mlir, atomic_file& weights, graph const& g) {
    std::vector<array_view> views;
    std::deque<array> converted; // what is not stored as float
    for (auto const v : g.order()) {
        if (g[v].kind != node_kind::weight || !g[v].payload) continue;
        auto const& r = g[v].results[0];
        auto bytes = std::as_bytes(g[v].payload->values());
        if (r.type != dtype::f32) bytes = converted.emplace_back(from_tensor(*g[v].payload, r.type)).bytes;
        views.push_back({r.name, r.type, r.dims, bytes});
    }
    write_npz(weights, views);
    mlir.write(print_mlir(g, weight_file_name(g)));
}

TPU_CONVERT_INLINE graph read_mlir(std::filesystem::path const& mlir) {
    std::ifstream file(mlir, std::ios::binary);
    if (!file || std::filesystem::is_directory(mlir))
        throw model_error{error_code::file_missing, mlir.string(), "cannot read the file"};
    std::string const text{std::istreambuf_iterator<char>(file), {}};
    return parse_mlir(text, mlir.string(), [&](std::string const& name) -> weight_source {
        if (name.empty()) return {};
        auto const path = mlir.parent_path() / name; // an absolute name replaces the folder
        auto const arrays = std::make_shared<npz>(read_npz(path));
        return [arrays](std::string const& weight) -> std::shared_ptr<tensor const> {
            auto const found = arrays->take(weight);
            return found ? std::make_shared<tensor const>(to_tensor(*found)) : nullptr;
        };
    });
}

} // namespace tpu_convert
