// Quantize tables: rows, group sizes, inline form; what is wrong is refused with its line.
#include "../shared_files.hpp"
#include <doctest/doctest.h>
#include <string>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/quantize/qtable.hpp>

using namespace tpu_convert;

namespace {

std::string refusal(std::string_view text, bool inline_form = false) {
    try {
        inline_form ? parse_inline_quantize_table(text) : parse_quantize_table(text, "q");
    } catch (model_error const& e) {
        return e.line();
    }
    return "";
}

} // namespace

TEST_CASE("Rows of a quantize table have a name, a mode in any case and perhaps a group size") {
    auto const t = parse_quantize_table("# generated time: ...\r\n# sample number: 100\n# chip: bm1684x  mix_mode: F16\n###\n\n"
                                        "# op_name   quantize_mode\n# custom layers\ninput.4 F16\n p2o.Sub.1_Sub\tf32 \n"
                                        "mm W4F16 64\ninput.4 BF16",
                                        "q");
    CHECK(t.chip == "bm1684x");
    CHECK(t.samples == 100);
    REQUIRE(t.rows.size() == 4);
    CHECK(t.find("input.4")->mode == "BF16");
    CHECK(t.find("p2o.Sub.1_Sub")->mode == "F32");
    CHECK(t.find("mm")->group_size == 64);
    CHECK(t.find("other") == nullptr);
    CHECK(parse_quantize_table("", "q").rows.empty());
}

TEST_CASE("An inline quantize table parts names and modes at the last colon") {
    auto const t = parse_inline_quantize_table("a:0:F16,b:int8");
    REQUIRE(t.rows.size() == 2);
    CHECK(t.rows[0].name == "a:0");
    CHECK(t.rows[0].mode == "F16");
    CHECK(t.rows[1].mode == "INT8");
    CHECK(refusal("a:F17", true).starts_with("TC100 --quantize_table: 'a:F17' is neither a file nor"));
    CHECK(refusal(":F16", true).starts_with("TC100"));
}

TEST_CASE("Lines of a quantize table that are no rows are refused") {
    CHECK(refusal("a F32\nb\n") == "TC202 q:2: 'b' is not of the form 'name mode [group_size]'");
    CHECK(refusal("a F17\n").starts_with("TC202 q:1: 'F17' is none of F32 F16"));
    CHECK(refusal("a W4F16 0\n") == "TC202 q:1: a group of 0 weights");
    CHECK(refusal("a F16 x\n").starts_with("TC202 q:1"));
    CHECK(refusal(std::string("\0\1\2", 3)).starts_with("TC202 q:1: '?\?\?'"));
}

TEST_CASE("A quantize table is written and read again") {
    quantize_table t;
    t.chip = "bm1684x";
    t.rows = {{"a", "F16", 0}, {"b", "W4F16", 128}};
    auto const text = print_quantize_table(t, "");
    CHECK(text == "# chip: bm1684x\n# total layers: 2 (unique list blow)\n###\n# op_name   quantize_mode\na F16\nb W4F16 128\n");
    CHECK(print_quantize_table(parse_quantize_table(text, "q"), "") == text);
}

TEST_CASE("Quantize tables that TPU-MLIR's users wrote are read as they are") {
    struct { char const* name; std::size_t rows; char const *tensor, *mode; } const cases[] = {
        {"bert-tiny_from_pt_qtable", 2, "/encoder/layer.0/intermediate/Add_output_0_Add", "F32"},
        {"bert_base_pt_qtable", 1, "attention_mask0.1", "F16"},
        {"densenet121-12_qtable", 10, "conv2_1/x1/bn_3_Relu", "F16"},
        {"pp_humanseg_qtable", 4, "p2o.Sub.1_Sub", "F32"},
        {"pp_yolov3_qtable", 2, "relu_8.tmp_0_Relu", "F32"},
    };
    for (auto const& c : cases) {
        auto const path = test::shared_file(std::string("tables/") + c.name);
        if (!path) continue;
        auto const t = read_quantize_table(path->string());
        CHECK(t.rows.size() == c.rows);
        REQUIRE(t.find(c.tensor));
        CHECK(t.find(c.tensor)->mode == c.mode);
    }
}
