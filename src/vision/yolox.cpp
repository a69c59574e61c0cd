#include <tpu_convert/vision/yolox.inl>
