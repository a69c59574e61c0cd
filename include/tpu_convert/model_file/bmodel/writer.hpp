// Writes a .bmodel file: the same structs and the same time give the same bytes.
#pragma once
#include <filesystem>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/model_file/bmodel/file.hpp>

namespace tpu_convert::bmodel {

// Equal streams and weights are stored once. The file appears only when it is complete.
void write(file const& model, std::filesystem::path const& path);

// The usual static stage of one core: its streams stand in the stage and in one TPU subnet.
stage single_core_stage(std::vector<tensor_info> inputs, std::vector<tensor_info> outputs,
                        std::vector<command_group> groups);

} // namespace tpu_convert::bmodel

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/model_file/bmodel/writer.inl>
#endif
