#include <tpu_convert/model_file/cvimodel/inspect.inl>
