// .bmodel files that are cut or altered: an error, or a file that reads; never a crash.
#include <cstring>
#include <doctest/doctest.h>
#include <filesystem>
#include <random>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/model_file/bmodel/reader.hpp>
#include <tpu_convert/model_file/bmodel/writer.hpp>
#include <tpu_convert/model_file/mapped_file.hpp>

using namespace tpu_convert;

namespace {

std::vector<std::byte> small_file() {
    auto const path = std::filesystem::temp_directory_path() / "tpu_convert_bmodel_damaged.bmodel";
    bmodel::file f;
    f.chip = "BM1684X";
    bmodel::tensor_info const t{.name = "t", .shapes = {{1, 2}}};
    f.nets = {bmodel::net{"n", {bmodel::single_core_stage({t}, {t}, {{1, 0, std::vector<std::byte>(128), {}}})}, {}, 0}};
    bmodel::write(f, path);
    auto const mapped = map_file(path);
    std::filesystem::remove(path);
    return {mapped.bytes().begin(), mapped.bytes().end()};
}

// The error's code, 0 if the file reads.
int outcome(std::vector<std::byte> bytes) {
    try {
        bmodel::read(blob(std::move(bytes)), "x.bmodel");
        return 0;
    } catch (model_error const& e) {
        return static_cast<int>(e.code());
    }
}

} // namespace

TEST_CASE("a truncated .bmodel is damaged, however short it is") {
    auto const whole = small_file();
    REQUIRE(outcome(whole) == 0);
    for (std::size_t n = 0; n < whole.size(); n += 3)
        CHECK(outcome({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(n)}) == 202);
}

TEST_CASE("altered bytes of a .bmodel never crash the reader") {
    auto const whole = small_file();
    std::mt19937 random(1);
    int damaged = 0;
    for (int i = 0; i < 20000; ++i) {
        auto copy = whole;
        for (int k = 0; k < 3; ++k) copy[random() % copy.size()] = static_cast<std::byte>(random());
        auto const code = outcome(std::move(copy));
        CHECK((code == 0 || code == 202));
        damaged += code == 202;
    }
    CHECK(damaged > 1000);
}

TEST_CASE("a range outside the binary section is named") {
    auto bytes = small_file();
    // The header claims a binary section of half the size, and the file has it.
    std::uint32_t binary = 64;
    std::memcpy(bytes.data() + 12, &binary, 4);
    bytes.resize(bytes.size() - 64);
    CHECK_THROWS_WITH_AS(bmodel::read(blob(bytes), "x.bmodel"),
                         "x.bmodel: a TIU stream lies at 0+128, outside the binary section of 64 bytes", model_error);
}

TEST_CASE("a missing file and a folder are errors") {
    CHECK_THROWS_AS(bmodel::read("/nowhere/x.bmodel"), model_error);
    CHECK_THROWS_AS(bmodel::read(std::filesystem::temp_directory_path()), model_error);
}
