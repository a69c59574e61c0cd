#include <tpu_convert/model_file/bmodel/inspect.inl>
#include <tpu_convert/model_file/bmodel/json.inl>
#include <tpu_convert/model_file/cvimodel/inspect.inl>
#include <tpu_convert/model_file/cvimodel/json.inl>
