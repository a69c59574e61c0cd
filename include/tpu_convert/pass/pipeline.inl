// The list of passes.
#pragma once
#include <array>
#include <tpu_convert/graph/verify.hpp>
#include <tpu_convert/op/evaluate.hpp>
#include <tpu_convert/pass/passes.hpp>
#include <tpu_convert/pass/pipeline.hpp>
#include <utility>

namespace tpu_convert {

namespace detail {

struct named_pass {
    std::string_view name;
    void (*run)(graph&);
};

// Canonical forms first, then the patterns that are written in them, then what goes into the operator before.
inline constexpr std::array float_passes{
    named_pass{"remove-unused", pass::remove_unused},
    named_pass{"unify-movement", pass::unify_movement},
    named_pass{"gather-to-slice", pass::gather_to_slice},
    named_pass{"simplify-powers", pass::simplify_powers},
    named_pass{"constants-to-sums-and-products", pass::constants_to_sums_and_products},
    named_pass{"scalars-to-attributes", pass::scalars_to_attributes},
    named_pass{"remove-no-ops", pass::remove_no_ops},
    named_pass{"fuse-movement", pass::fuse_movement},
    named_pass{"fuse-channel-split", pass::fuse_channel_split},
    named_pass{"fuse-reciprocal-root", pass::fuse_reciprocal_root},
    named_pass{"clip-to-relu", pass::clip_to_relu},
    named_pass{"fuse-hard-swish", pass::fuse_hard_swish},
    named_pass{"fuse-gelu", pass::fuse_gelu},
    named_pass{"fuse-layer-norm", pass::fuse_layer_norm},
    named_pass{"fuse-rms-norm", pass::fuse_rms_norm},
    named_pass{"fuse-silu", pass::fuse_silu},
    named_pass{"mean-to-pool", pass::mean_to_pool},
    named_pass{"batch-norm-to-scale", pass::batch_norm_to_scale},
    named_pass{"transpose-weights", pass::transpose_weights},
    named_pass{"fold-affine", pass::fold_affine},
    named_pass{"fuse-pad", pass::fuse_pad},
    named_pass{"fold-shift", pass::fold_shift},
    named_pass{"fuse-relu", pass::fuse_relu},
    named_pass{"stride-to-channels", pass::stride_to_channels},
    named_pass{"remove-no-ops", pass::remove_no_ops},
    named_pass{"fuse-movement", pass::fuse_movement},
    named_pass{"remove-unused", pass::remove_unused},
};

inline std::size_t operation_count(graph const& g) {
    std::size_t n = 0;
    for (graph::id v = 0; v < g.size(); ++v) n += g.alive(v) && g[v].kind == node_kind::operation;
    return n;
}

} // namespace detail

TPU_CONVERT_INLINE graph transform_graph(graph g, transform_options const& options) {
    for (auto const& p : detail::float_passes) {
        p.run(g);
        if (options.verify) verify(g);
        if (options.log) options.log(p.name, detail::operation_count(g));
    }
    infer_shapes(g);
    return g;
}

} // namespace tpu_convert
