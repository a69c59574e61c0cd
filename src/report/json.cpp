#include <tpu_convert/report/json.inl>
