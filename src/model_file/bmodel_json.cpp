#include <tpu_convert/model_file/bmodel/json.inl>
