// Arrays come back from .npz as they were written, and float conversions round and saturate.
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/io/npz.hpp>
#include <unistd.h>

using namespace tpu_convert;

namespace {
std::filesystem::path scratch(char const* name) {
    return std::filesystem::temp_directory_path() / (std::to_string(::getpid()) + name);
}
std::string content(std::filesystem::path const& p) {
    std::ifstream f(p, std::ios::binary);
    return {std::istreambuf_iterator<char>(f), {}};
}
} // namespace

TEST_CASE("arrays of every type come back from an npz file with their order, shape and bytes") {
    npz written;
    float const values[] = {0.f, 1.f, 2.f, 3.f, 100.f, 127.f};
    for (auto const& i : all_dtypes)
        written.set("tensor/" + std::string(i.name), from_tensor(tensor{{2, 3}, values}, i.type));
    written.set("scalar", from_tensor(tensor{{}, std::span{values + 4, 1}}));
    written.set("empty", from_tensor(tensor{{0, 4}}));
    auto const path = scratch("a.npz");
    write_npz(path, written);
    auto const first = content(path);
    npz const read = read_npz(path);
    write_npz(path, written);
    CHECK(content(path) == first);
    std::filesystem::remove(path);
    REQUIRE(read.size() == written.size());
    for (auto a = read.begin(), b = written.begin(); a != read.end(); ++a, ++b) {
        CHECK(a->first == b->first);
        CHECK(a->second.dims == b->second.dims);
        CHECK(a->second.bytes == b->second.bytes);
        CHECK(a->second.type == (b->second.type == dtype::bf16 ? dtype::u16 : b->second.type));
    }
    CHECK(to_tensor(read.at("tensor/float16"))[5] == 127.f);
    CHECK(to_tensor(read.at("scalar"))[0] == 100.f);
    CHECK(read.at("empty").bytes.empty());
    CHECK_THROWS_AS(read.at("absent"), model_error);
}

TEST_CASE("floats stored as integers round to nearest even and saturate, NaN gives zero") {
    float const values[] = {2.5f, -3.5f, 300.f, -300.f, std::numeric_limits<float>::quiet_NaN(), 1e30f};
    auto const i8 = to_tensor(from_tensor(tensor{{6}, values}, dtype::i8));
    float const want[] = {2, -4, 127, -128, 0, 127};
    for (int i = 0; i < 6; ++i) CHECK(i8[i] == want[i]);
    CHECK(to_tensor(from_tensor(tensor{{6}, values}, dtype::u8))[3] == 0);
    CHECK(to_tensor(from_tensor(tensor{{6}, values}, dtype::i64))[5] == 9223372036854775807.f);
}
