#include <tpu_convert/model_file/cvimodel/json.inl>
