// Listings of a .bmodel: a real file's tensors and commands, and a chip that is not there.
#include "../shared_files.hpp"
#include <doctest/doctest.h>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/model_file/bmodel/inspect.hpp>
#include <tpu_convert/model_file/bmodel/reader.hpp>

using namespace tpu_convert;

TEST_CASE("the listing of a real file names its tensors and each command once") {
    auto const path = test::shared_file("streams/yolov5s_bm1684x_int8_sym.bmodel");
    if (!path) return;
    auto const f = bmodel::read(*path);
    auto const text = bmodel::info_text(f, true);
    CHECK(text.find("net 0: [yolov5s]  static\n") != std::string::npos);
    CHECK(text.find("input: images, [1, 3, 640, 640], uint8, scale: 254.998, zero_point: 0") != std::string::npos);
    CHECK(text.find("runtime: 5013504") != std::string::npos);
    CHECK(bmodel::json_text(f).find("\"bdc_num\": 430") != std::string::npos);
    int lines = 0, heads = 0;
    bmodel::disassemble(f, {}, [&](std::string_view line) { ++(line.starts_with('#') ? heads : lines); });
    CHECK(lines == 430 + 142);
    CHECK(heads == 2);
}

TEST_CASE("a file of another chip shows its tensors, not its commands") {
    auto const path = test::shared_file("streams/yolov5s_bm1688_int8_sym_core2.bmodel");
    if (!path) return;
    auto const f = bmodel::read(*path);
    CHECK(bmodel::info_text(f, false).find("core num: 2\n") != std::string::npos);
    CHECK(bmodel::streams_of(f).size() >= 4);
    CHECK_THROWS_WITH_AS(bmodel::disassemble(f, {}, [](std::string_view) {}),
                         "BM1688: this version has no such chip; it has bm1684x", model_error);
}
