#include <tpu_convert/pass/expand_compositions.inl>
#include <tpu_convert/pass/fuse_channel_split.inl>
#include <tpu_convert/pass/fuse_movement.inl>
#include <tpu_convert/pass/gather_to_slice.inl>
#include <tpu_convert/pass/remove_no_ops.inl>
#include <tpu_convert/pass/remove_unused.inl>
#include <tpu_convert/pass/unify_movement.inl>
