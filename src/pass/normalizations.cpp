#include <tpu_convert/pass/batch_norm_to_scale.inl>
#include <tpu_convert/pass/fuse_layer_norm.inl>
#include <tpu_convert/pass/fuse_rms_norm.inl>
#include <tpu_convert/pass/mean_to_pool.inl>
