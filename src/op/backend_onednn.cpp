#include <tpu_convert/op/backend_onednn.inl>
