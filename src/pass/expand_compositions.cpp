#include <tpu_convert/pass/expand_compositions.inl>
