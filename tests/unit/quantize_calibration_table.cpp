// Calibration tables: every variant of the text is read, what is wrong is refused with its line, what is written is read again.
#include "../shared_files.hpp"
#include <cmath>
#include <doctest/doctest.h>
#include <limits>
#include <string>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/quantize/calibration_table.hpp>

using namespace tpu_convert;

namespace {

std::string refusal(std::string_view text) {
    try {
        parse_calibration_table(text, "t");
    } catch (model_error const& e) {
        return e.line();
    }
    return "";
}

} // namespace

TEST_CASE("A calibration table's channel ranges are comments to other readers, and are read again") {
    calibration_table t;
    t.rows.set("a b", {1, -1, 2});
    t.rows.set("odd_int4_th", {1, -1, 2});
    t.channels["a b"] = {{-0.25, 2}, {0, 1e-3}};
    t.channels["odd_int4_th"] = {{0, 1}}; // its name would begin a section
    auto const text = print_calibration_table(t);
    CHECK(text.find("# channels 2 a b -0.25:2 0:0.001\n") != std::string::npos);
    auto const again = parse_calibration_table(text, "t");
    REQUIRE(again.channels.size() == 1);
    auto const& ranges = again.channels.at("a b");
    REQUIRE(ranges.size() == 2);
    CHECK(ranges[0].min == -0.25);
    CHECK(ranges[1].max == 0.001);
    CHECK(again.rows.size() == 2);
    CHECK(refusal("a 1 0 1\n# channels 1 a 2:1\n").find("t:2") != std::string::npos);
    CHECK(refusal("a 1 0 1\n# channels 1 a 2\n").find("no range") != std::string::npos);
    CHECK(parse_calibration_table("# channels of it\na 1 0 1\n# channels 9 a 0:1\n", "t").channels.empty());
}

TEST_CASE("A calibration table's header and rows are read") {
    auto const t = parse_calibration_table("# mlir version: v1.7 cali version 1.0\n"
                                           "# mlir: yolov5s.mlir\n"
                                           "# genetated time: 2024-05-08 16:43:51.519421\n"
                                           "# quantization threshold calculation method: kl\n"
                                           "# histogram number: 2048\n"
                                           "# sample number: 100\n"
                                           "###\n# tune number: 5\n###\n"
                                           "# op_name    threshold    min    max\n"
                                           "images 1.0000080 0.0000000 1.0000080\n"
                                           "122_Conv 41.0432266 -102.5830078 97.6811905\n",
                                           "t");
    CHECK(t.version == "v1.7 cali version 1.0");
    CHECK(t.mlir == "yolov5s.mlir");
    CHECK(t.time == "2024-05-08 16:43:51.519421");
    CHECK(t.method == "kl");
    CHECK(t.bins == 2048);
    CHECK(t.samples == 100);
    CHECK(t.tune == 5);
    CHECK(t.warnings.empty());
    REQUIRE(t.rows.size() == 2);
    CHECK(t.rows.begin()->first == "images");
    CHECK(t.rows.find("122_Conv")->threshold == doctest::Approx(41.0432266));
    CHECK(t.rows.find("122_Conv")->min == doctest::Approx(-102.5830078));
    CHECK(t.rows.find("122_Conv")->max == doctest::Approx(97.6811905));
    CHECK(t.rows.find("123_Conv") == nullptr);
}

TEST_CASE("Carriage returns, blanks, a byte order mark, infinite fields and lines that are no rows do not disturb a table") {
    auto const t = parse_calibration_table("\xEF\xBB\xBF# genetated time: now\r\n###\r\n\r\n  a  2.5 -1 2.5 \r\n"
                                           "not a row\r\nb inf -inf inf\r\nname with blanks 1 -1 1e0\r\na 3 -1 2.5",
                                           "t");
    REQUIRE(t.rows.size() == 3);
    CHECK(t.rows.find("a")->threshold == 3); // the last row of a name counts
    CHECK(t.rows.find("b")->threshold == 65000);
    CHECK(t.rows.find("b")->min == -65000);
    CHECK(t.rows.find("name with blanks")->max == 1);
    REQUIRE(t.warnings.size() == 4); // one for each infinite field and one for the line without numbers
    CHECK(t.warnings[0] == "t:5: 'not a row' is no row and is passed over");
}

TEST_CASE("Sections of a calibration table: int4 rows, operator lists, weight scales; comments and blank lines inside them") {
    auto const t = parse_calibration_table("# mlir: net_int4_op.mlir\na 1 -1 1\n#int4_th\n# comment\na 0.7 -9 9\n\nb 1.4\n"
                                           "#asym_op\n# comment\n\na\n#int4_op\n\nb\n#weight_scale\n# comment\n\n"
                                           "a_weight 2 0.5 0.25\n",
                                           "t");
    CHECK(t.rows.size() == 1);
    REQUIRE(t.int4_rows.size() == 2);
    CHECK(t.int4_rows.find("a")->threshold == 0.7);
    CHECK(t.int4_rows.find("a")->min == doctest::Approx(-0.8)); // -0.7 * 8 / 7
    CHECK(t.int4_rows.find("a")->max == 0.7);
    CHECK(t.int4_rows.find("b")->min == doctest::Approx(-1.6));
    CHECK(t.asym_ops == std::set<std::string, std::less<>>{"a"});
    CHECK(t.int4_ops == std::set<std::string, std::less<>>{"b"});
    CHECK(t.weight_scales.at("a_weight") == std::vector<double>{0.5, 0.25});
    CHECK_FALSE(t.fp8);
}

TEST_CASE("Rows of a table for 8-bit floats span the threshold on both sides") {
    for (std::string const marker : {"#tpu-mlir-fp8 caliration table\n", "# mqbench-fp8\n"}) {
        auto const t = parse_calibration_table(marker + "a 2 -9 9\n", "t");
        CHECK(t.fp8);
        CHECK(t.rows.find("a")->min == -2);
        CHECK(t.rows.find("a")->max == 2);
    }
}

TEST_CASE("Tables with impossible numbers are refused with the line") {
    CHECK(refusal("a 1 -1 1\nb 0 0 0\n") == "TC202 t:2: the threshold 0 is not positive; calibrate again");
    CHECK(refusal("a -2 -1 1\n").starts_with("TC202 t:1: the threshold -2"));
    CHECK(refusal("a nan -1 1\n") == "TC202 t:1: 'nan' is not a number; calibrate again");
    CHECK(refusal("a 1 -nan 1\n").starts_with("TC202 t:1: '-nan'"));
    CHECK(refusal("a 1 2 1\n").starts_with("TC202 t:1: the minimum 2"));
    CHECK(refusal("") == "TC202 t: the calibration table has no row of the form 'name threshold min max'");
    CHECK(refusal("1 2 3\n").starts_with("TC202")); // no name
    CHECK(refusal("a 1 -1 1\n#weight_scale\na_weight 3 1 1\n").starts_with("TC202 t:3"));
    CHECK(refusal("a 1 -1 1\n#weight_scale\na_weight 1 nan\n").starts_with("TC202 t:3"));
}

TEST_CASE("A table is written with seven decimals and read again; thresholds below the least one are raised") {
    calibration_table t;
    t.mlir = "net.mlir";
    t.method = "mse";
    t.bins = 2048;
    t.samples = 3;
    t.tune = 5;
    t.rows.set("a", {1.00000804, -1.0 / 3, 1.00000804});
    t.rows.set("zero", {0, 0, 0});
    t.rows.set("nan", {std::numeric_limits<double>::quiet_NaN(), 0, 0});
    t.asym_ops.insert("a");
    t.weight_scales["a_weight"] = {0.1};
    auto const text = print_calibration_table(t);
    CHECK(text == "# mlir: net.mlir\n"
                  "# quantization threshold calculation method: mse\n# histogram number: 2048\n# sample number: 3\n"
                  "###\n# tune number: 5\n###\n# op_name    threshold    min    max\n"
                  "a 1.0000080 -0.3333333 1.0000080\nzero 0.0000100 0.0000000 0.0000000\nnan 0.0000100 0.0000000 0.0000000\n"
                  "#asym_op\na\n#weight_scale\na_weight 1 0.1\n");
    CHECK(print_calibration_table(parse_calibration_table(text, "t")) == text);
}

TEST_CASE("A table of another network is recognised by its names") {
    auto const t = parse_calibration_table("a 1 -1 1\nb 1 -1 1\n", "t");
    std::string const own[] = {"a", "b", "c"}, other[] = {"x", "b", "z"};
    CHECK_NOTHROW(check_table_names(t, own, "t"));
    CHECK_THROWS_WITH(check_table_names(t, other, "t"),
                      "t: only 1 of the network's 3 tensors have a row ('x' has none, the table begins with 'a'); the table "
                      "belongs to another network: calibrate this one");
}

TEST_CASE("Tables that TPU-MLIR wrote are read as they are") {
    struct { char const* name; char const* tensor; double threshold, min, max; } const cases[] = {
        {"mobilenet_v2_cali_table", "mobilenetv20_features_relu0_fwd_Relu", 4.4218891, 0, 6.4883747},
        {"resnet50_v2_cali_table", "resnetv24_relu0_fwd_Relu", 1.0848021, 0, 1.8266687},
        {"resnet50_v2_cali_table_f8e4m3", "data", 2.6355782, -2.6355782, 2.6355782},
        {"resnet50_v2_cali_table_f8e5m2", "data", 2.6355782, -2.6355782, 2.6355782},
        {"squeezenet1.0_cali_table", "fire2/squeeze1x1_2_Relu", 20.7977200, 0, 36.9556694},
        {"yolov5s_cali_table", "122_Conv", 41.0432266, -102.5830078, 97.6811905},
    };
    for (auto const& c : cases) {
        auto const path = test::shared_file(std::string("tables/") + c.name);
        if (!path) continue;
        auto const t = read_calibration_table(*path);
        CHECK(t.warnings.empty());
        CHECK(t.samples == 100);
        CHECK(t.rows.size() > 30);
        auto const* row = t.rows.find(c.tensor);
        REQUIRE(row);
        CHECK(row->threshold == doctest::Approx(c.threshold));
        CHECK(row->min == doctest::Approx(c.min));
        CHECK(row->max == doctest::Approx(c.max));
    }
}
