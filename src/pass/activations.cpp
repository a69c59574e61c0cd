#include <tpu_convert/pass/clip_to_relu.inl>
#include <tpu_convert/pass/fuse_gelu.inl>
#include <tpu_convert/pass/fuse_hard_swish.inl>
#include <tpu_convert/pass/fuse_pad.inl>
#include <tpu_convert/pass/fuse_relu.inl>
#include <tpu_convert/pass/fuse_silu.inl>
