#include <tpu_convert/simulate/window.inl>
