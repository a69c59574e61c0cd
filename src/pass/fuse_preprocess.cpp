#include <tpu_convert/pass/fuse_preprocess.inl>
