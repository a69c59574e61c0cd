#include <tpu_convert/simulate/cv_window.inl>
