#include <tpu_convert/pass/constants_to_sums_and_products.inl>
#include <tpu_convert/pass/fuse_reciprocal_root.inl>
#include <tpu_convert/pass/scalars_to_attributes.inl>
#include <tpu_convert/pass/simplify_powers.inl>
