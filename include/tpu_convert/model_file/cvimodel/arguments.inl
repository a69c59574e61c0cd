#pragma once
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/model_file/cvimodel/arguments.hpp>
#include <tpu_convert/model_file/cvimodel/cvimodel_generated.h>

namespace tpu_convert::cvimodel {

TPU_CONVERT_INLINE std::vector<std::byte> pack_arguments(std::vector<host_argument> const& arguments) {
    namespace schema = cvimodel_schema;
    flatbuffers::FlatBufferBuilder b;
    std::vector<flatbuffers::Offset<schema::Argument>> made;
    for (auto const& [name, value] : arguments) {
        auto const key = b.CreateString(name);
        if (auto const* f = std::get_if<float>(&value))
            made.push_back(schema::CreateArgument(b, schema::CreateFloatArgument(b, key, *f)));
        else if (auto const* t = std::get_if<bool>(&value))
            made.push_back(schema::CreateArgument(b, 0, schema::CreateBoolArgument(b, key, *t)));
        else if (auto const* i = std::get_if<std::int32_t>(&value))
            made.push_back(schema::CreateArgument(b, 0, 0, schema::CreateIntArgument(b, key, *i)));
        else {
            auto const text = b.CreateString(std::get<std::string>(value));
            made.push_back(schema::CreateArgument(b, 0, 0, 0, schema::CreateTextArgument(b, key, text)));
        }
    }
    b.Finish(schema::CreateArguments(b, b.CreateVector(made)));
    auto const* bytes = reinterpret_cast<std::byte const*>(b.GetBufferPointer());
    return {bytes, bytes + b.GetSize()};
}

TPU_CONVERT_INLINE std::vector<host_argument> read_arguments(std::span<std::byte const> bytes, std::string_view function) {
    namespace schema = cvimodel_schema;
    auto const* first = reinterpret_cast<std::uint8_t const*>(bytes.data());
    flatbuffers::Verifier verifier(first, bytes.size());
    if (bytes.size() < 8 || !verifier.VerifyBuffer<schema::Arguments>(nullptr))
        throw model_error{error_code::file_damaged, function, "the arguments of this function of the runtime are damaged"};
    std::vector<host_argument> found;
    auto const* list = flatbuffers::GetRoot<schema::Arguments>(first)->arguments();
    if (!list) return found;
    for (auto const* a : *list) {
        if (auto const* f = a->real()) found.emplace_back(f->key()->str(), f->value());
        else if (auto const* t = a->truth()) found.emplace_back(t->key()->str(), t->value());
        else if (auto const* i = a->whole()) found.emplace_back(i->key()->str(), i->value());
        else if (auto const* s = a->text()) found.emplace_back(s->key()->str(), s->value()->str());
    }
    return found;
}

} // namespace tpu_convert::cvimodel
