#include <tpu_convert/report/diagnosis.inl>
