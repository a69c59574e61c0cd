// The one header that includes the protobuf classes of ONNX.
#pragma once
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl.h>
#include <onnx/onnx_pb.h>

namespace tpu_convert {
namespace proto = ::onnx;
}
