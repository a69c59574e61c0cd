#include <tpu_convert/vision/yolov5.inl>
