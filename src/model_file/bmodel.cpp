#include <tpu_convert/model_file/any_file.inl>
#include <tpu_convert/model_file/bmodel/reader.inl>
#include <tpu_convert/model_file/bmodel/writer.inl>
#include <tpu_convert/model_file/digest.inl>
#include <tpu_convert/model_file/mapped_file.inl>
