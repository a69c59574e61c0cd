#include <tpu_convert/pass/repeated_batches.inl>
#include <tpu_convert/pass/wide_windows.inl>
