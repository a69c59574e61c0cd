#include <tpu_convert/model_file/bmodel/inspect.inl>
