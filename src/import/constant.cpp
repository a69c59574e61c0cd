#include <tpu_convert/import/constant.inl>
