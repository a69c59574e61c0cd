#include <tpu_convert/report/accuracy.inl>
#include <tpu_convert/report/compare.inl>
#include <tpu_convert/report/compare_text.inl>
#include <tpu_convert/report/diagnosis.inl>
#include <tpu_convert/report/memory.inl>
