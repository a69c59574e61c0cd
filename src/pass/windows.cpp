#include <tpu_convert/pass/wide_windows.inl>
