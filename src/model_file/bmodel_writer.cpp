#include <tpu_convert/model_file/bmodel/writer.inl>
