#include <tpu_convert/vision/boxes.inl>
#include <tpu_convert/vision/yolov5.inl>
#include <tpu_convert/vision/yolox.inl>
