// The rewrites of the float graph, one file each. All keep what the network computes, up to rounding.
#pragma once
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/graph/graph.hpp>

namespace tpu_convert::pass {

// Operators that do nothing disappear: reshapes to the same shape, identity permutes, whole slices, x * 1, 1x1 pools...
void remove_no_ops(graph& g);
// A reshape of a reshape is one; a permute of a permute is one; a permute that only moves axes of size 1 is a reshape.
void fuse_movement(graph& g);
// Squeeze, Unsqueeze, Flatten: Reshape. Expand: Reshape and Tile. Split: Slice.
void unify_movement(graph& g);
// A gather at constant, evenly spaced positions is a slice.
void gather_to_slice(graph& g);
// Every second (third...) channel, written with reshapes and a permute, is a slice.
void fuse_channel_split(graph& g);
// x^2 is x * x, x^0.5 is a root, x^-1 a reciprocal, x^1 nothing.
void simplify_powers(graph& g);
// One over a square root is one operator.
void fuse_reciprocal_root(graph& g);
// A number beside a tensor becomes an attribute: Add to AddConst, Mul to MulConst...
void scalars_to_attributes(graph& g);
// Sub and Div by a constant tensor become Add and Mul.
void constants_to_sums_and_products(graph& g);
// clip(x, 0, m) is a relu with a limit.
void clip_to_relu(graph& g);
// x * sigmoid(x) is SiLU; x * sigmoid(beta x) is Swish.
void fuse_silu(graph& g);
// clip(x + 3, 0, 6) / 6 is a hard sigmoid, x times that a hard swish.
void fuse_hard_swish(graph& g);
// The ways to write x Phi(x).
void fuse_gelu(graph& g);
// (x - mean) / sqrt(variance + eps) * weight + bias over the last axes.
void fuse_layer_norm(graph& g);
// x / sqrt(mean of squares + eps) * weight over the last axis.
void fuse_rms_norm(graph& g);
// The mean over all spatial axes is an average pool.
void mean_to_pool(graph& g);
// BatchNorm with constant statistics is a Scale.
void batch_norm_to_scale(graph& g);
// A constant scale and bias for each channel goes into the weights of the convolution or product before it.
void fold_affine(graph& g);
// A number that is added before a convolution goes into its bias.
void fold_shift(graph& g);
// A weight that is used transposed is stored so.
void transpose_weights(graph& g);
// A convolution with a stride that chips do not encode gets stride 1 and more channels.
void stride_to_channels(graph& g);
// Zero padding goes into the convolution or pool behind it.
void fuse_pad(graph& g);
// A relu goes into the operator before it.
void fuse_relu(graph& g);
// Inputs that nothing reads, operators and weights that no output needs.
void remove_unused(graph& g);

} // namespace tpu_convert::pass
