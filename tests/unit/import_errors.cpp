// Files and networks that cannot be imported give one clear error.
#include "import_network.hpp"
#include <doctest/doctest.h>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/import/unsupported_nodes.hpp>

using namespace tpu_convert;

namespace {

error_code code_of(auto&& f) {
    try {
        f();
    } catch (model_error const& e) {
        return e.code();
    }
    return error_code::internal;
}

std::string message_of(auto&& f) {
    try {
        f();
    } catch (model_error const& e) {
        return e.what();
    }
    return "";
}

} // namespace

TEST_CASE("an error about nodes that cannot be imported says where the network can be cut before them") {
    test::network net(13);
    net.input("x", {1, 4}).node("Relu", {"x"}, {"r"}).node("Abs", {"r"}, {"a"}).node("Exp", {"x"}, {"e"});
    net.node("Nothing", {"a", "x"}, {"n"}).node("Add", {"n", "r"}, {"y"}).output("y").output("e");
    try {
        (void)net.import();
        FAIL("it was imported");
    } catch (unsupported_nodes const& u) {
        CHECK(u.code() == error_code::operator_unsupported);
        REQUIRE(u.nodes().size() == 1);
        CHECK(u.nodes()[0].operation == "Nothing");
        CHECK(u.cuts() == std::vector<std::string>{"a", "r", "e"});
        auto const g = net.import({.output_names = u.cuts()});
        CHECK(g.outputs.size() == 3);
    }
}

TEST_CASE("every node that cannot be imported is listed in one error") {
    auto const net = test::network()
                         .input("x", {1, 4})
                         .node("Bogus", {"x"}, {"a"})
                         .node("Relu", {"a"}, {"b"})
                         .node("Foo", {"b"}, {"c"})
                         .node("Pad", {"x", "x"}, {"d"})
                         .node("Add", {"c", "d"}, {"y"})
                         .output("y");
    auto const text = message_of([&] { net.import(); });
    CHECK(code_of([&] { net.import(); }) == error_code::operator_unsupported);
    CHECK(text.find("3 nodes") != std::string::npos);
    CHECK(text.find("'a' (Bogus)") != std::string::npos);
    CHECK(text.find("'c' (Foo)") != std::string::npos);
    CHECK(text.find("'d' (Pad): 'pads' is computed at run time") != std::string::npos);
    CHECK(text.find("'b'") == std::string::npos);
}

TEST_CASE("truncated files and files of other bytes are damaged") {
    auto const whole =
        test::network().input("x", {4}).floats("w", {4}, {1, 2, 3, 4}).node("Add", {"x", "w"}, {"y"}).output("y").bytes();
    for (std::size_t n = 0; n < whole.size(); ++n) {
        auto const code = code_of([&] { import_onnx(std::as_bytes(std::span(whole.data(), n))); });
        CHECK((code == error_code::file_damaged || code == error_code::model_invalid || code == error_code::unknown_tensor));
    }
    CHECK(code_of([] { import_onnx("/nonexistent/model.onnx"); }) == error_code::file_missing);
}

TEST_CASE("claims of sizes that the file does not hold are refused before memory is taken") {
    auto const net =
        test::network().input("x", {4}).floats("w", {1 << 20, 1 << 12}, {1}).node("Add", {"x", "w"}, {"y"}).output("y");
    CHECK(code_of([&] { net.import(); }) == error_code::file_damaged);
    auto const fill = test::network().integers("n", {2}, {1 << 30, 1 << 30}).node("ConstantOfShape", {"n"}, {"y"}).output("y");
    CHECK(code_of([&] { fill.import(); }) == error_code::operator_unsupported);
}

TEST_CASE("external data stays in the model's folder") {
    auto net = test::network().input("x", {4}).floats("w", {1}, {}).node("Add", {"x", "w"}, {"y"}).output("y");
    auto& t = *net.model().mutable_graph()->mutable_initializer(0);
    t.set_data_location(proto::TensorProto::EXTERNAL);
    auto& entry = *t.add_external_data();
    entry.set_key("location");
    for (auto const* place : {"../secret", "/etc/hostname", ""}) {
        entry.set_value(place);
        CHECK(code_of([&] { net.import(); }) == error_code::file_damaged);
    }
    entry.set_value("not-there.bin");
    CHECK(code_of([&] { net.import(); }) == error_code::file_missing);
}

TEST_CASE("open dimensions and cycles are errors that say so") {
    auto const open = test::network().input("x", {-1, 4}).node("Relu", {"x"}, {"y"}).output("y");
    CHECK(message_of([&] { open.import(); }).find("--input_shapes") != std::string::npos);
    auto const cycle = test::network().node("Relu", {"b"}, {"a"}).node("Relu", {"a"}, {"b"}).output("a");
    CHECK(message_of([&] { cycle.import(); }).find("cycle") != std::string::npos);
}

TEST_CASE("operators on pictures' files and on text are refused by name") {
    for (auto const* op : {"ImageDecoder", "RegexFullMatch"}) {
        auto const net = test::network(20).input("x", {4}).node(op, {"x"}, {"y"}).output("y");
        CHECK(code_of([&] { net.import(); }) == error_code::operator_unsupported);
        CHECK(message_of([&] { net.import(); }).find("'y' (" + std::string(op) + ")") != std::string::npos);
    }
}

TEST_CASE("integers are not cut to 4 bits, and a file that lacks some is damaged") {
    auto net = test::network(21).input("x", {2}).integers("n", {2}, {1, 2}).floats("s", {}, {0.5F});
    auto& packed = *net.model().mutable_graph()->mutable_initializer(0);
    packed.clear_int64_data();
    packed.set_data_type(22);
    packed.set_raw_data("\x0e");
    net.node("DequantizeLinear", {"n", "s"}, {"w"}).node("Add", {"x", "w"}, {"y"}).output("y");
    CHECK_NOTHROW(net.import());
    packed.set_raw_data("");
    CHECK(code_of([&] { net.import(); }) == error_code::file_damaged);
    auto cut = test::network(21).input("x", {2});
    cut.model().mutable_graph()->mutable_input(0)->mutable_type()->mutable_tensor_type()->set_elem_type(proto::TensorProto::INT8);
    cut.node("Cast", {"x"}, {"y"}).set("to", std::int64_t{22}).output("y");
    CHECK(message_of([&] { cut.import(); }).find("'y' (Cast): it casts integers to 4 bits") != std::string::npos);
}
