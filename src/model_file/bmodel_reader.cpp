#include <tpu_convert/model_file/bmodel/reader.inl>
