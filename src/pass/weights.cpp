#include <tpu_convert/pass/fold_affine.inl>
#include <tpu_convert/pass/fold_shift.inl>
#include <tpu_convert/pass/fuse_preprocess.inl>
#include <tpu_convert/pass/stride_to_channels.inl>
#include <tpu_convert/pass/transpose_weights.inl>
