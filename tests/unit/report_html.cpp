#include <doctest/doctest.h>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/report/html.hpp>
#include <tpu_convert/report/json.hpp>

using namespace tpu_convert::report;

namespace {

std::size_t count(std::string const& text, std::string const& part) {
    std::size_t n = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
    return n;
}

tpu_convert::similarity close(double cosine, double euclidean, double sqnr) {
    tpu_convert::similarity s;
    s.cosine = cosine, s.euclidean = euclidean, s.sqnr = sqnr;
    return s;
}

page diamond() {
    page p{.title = "a <b>", .figures = {{"accuracy", "98 %"}}, .stages = {{"transform", 0.25}, {"deploy", 1.5}}, .tensors = {}};
    p.tensors = {{"x", "input", {1, 3, 8, 8}, {}, false, {}},
                 {"left", "Conv", {1, 8, 8, 8}, {0}, false, close(0.9999, 0.99, 60)},
                 {"deep", "Conv", {1, 8, 8, 8}, {1}, false, close(0.995, 0.9, 20)},
                 {"sum", "Add", {1, 8, 8, 8}, {0, 2}, true, close(0.5, 0.1, 1)}};
    p.memory = {{{"left", 4096, 512, 0, 2}}, {{"left", 64, 8, 0, 0}}, 1024};
    return p;
}

} // namespace

TEST_CASE("A report page draws a box for each tensor and a wire for each operand") {
    auto const html = to_html(diamond());
    CHECK(count(html, "<rect") == 4);
    CHECK(count(html, "<path") == 6); // x to sum passes two rows: three pieces
    CHECK(count(html, "class='box good'") == 1);
    CHECK(count(html, "class='box fair'") == 1);
    CHECK(count(html, "class='box poor'") == 1);
}

TEST_CASE("A report page shows names as text and needs nothing beside it") {
    auto const html = to_html(diamond());
    CHECK(count(html, "a &lt;b&gt;") == 2);
    CHECK(count(html, "a <b>") == 0);
    CHECK(count(html, "src=") + count(html, "href=") + count(html, "@import") == 0);
    CHECK(count(html, "1.50 s") == 1);
    CHECK(count(html, "250 ms") == 1);
}

TEST_CASE("A report in JSON has no infinity") {
    auto p = diamond();
    p.tensors[1].close->sqnr = std::numeric_limits<double>::infinity();
    CHECK(count(to_json(p), "\"sqnr\": null") == 1);
    CHECK(count(to_json(p), "\"cosine\": 0.9999") == 1);
}

TEST_CASE("A report in JSON is read back as it was") {
    auto const text = to_json(diamond());
    CHECK(to_json(from_json(text, "r.json")) == text);
    CHECK_THROWS_AS(from_json(text.substr(0, text.size() / 2), "r.json"), tpu_convert::model_error);
    CHECK_THROWS_AS(from_json("{\"title\": 3}", "r.json"), tpu_convert::model_error);
}
