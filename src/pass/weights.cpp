#include <tpu_convert/pass/fold_affine.inl>
#include <tpu_convert/pass/transpose_weights.inl>
