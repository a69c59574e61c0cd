#include <tpu_convert/vision/boxes.inl>
