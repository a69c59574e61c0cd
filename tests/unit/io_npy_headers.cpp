// Headers of .npy: versions, byte and element order, and hostile claims.
#include <doctest/doctest.h>
#include <string>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/io/npz.hpp>

using namespace tpu_convert;

namespace {
std::string npy(std::string const& dict, std::string const& data, int version = 1) {
    std::string const text = dict + "\n";
    std::string file = "\x93NUMPY" + std::string{static_cast<char>(version), '\0'};
    for (int i = 0; i < (version == 1 ? 2 : 4); ++i) file += static_cast<char>(text.size() >> (8 * i));
    return file + text + data;
}
array parse(std::string const& file) { return parse_npy(std::as_bytes(std::span{file.data(), file.size()}), "test"); }
} // namespace

TEST_CASE("a npy header of version 1, 2 or 3 is read, with either byte order") {
    std::string const big = {0x40, 0x49, 0x0f, static_cast<char>(0xdb)}, little(big.rbegin(), big.rend());
    for (int const version : {1, 2, 3}) {
        CHECK(to_tensor(parse(npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", little,
                                  version)))[0] == 3.14159274f);
        CHECK(to_tensor(parse(npy("{'shape': (), 'descr': '>f4', 'fortran_order': False}", big, version)))[0] == 3.14159274f);
    }
}

TEST_CASE("fortran order becomes row-major") {
    auto const t = to_tensor(parse(npy("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }", "\1\2\3\4\5\6")));
    float const want[] = {1, 3, 5, 2, 4, 6};
    for (int i = 0; i < 6; ++i) CHECK(t[i] == want[i]);
}

TEST_CASE("hostile npy headers are errors and allocate nothing") {
    for (auto const* shape : {"(4611686018427387904, 4)", "(99999999999999999999,)", "(-1,)", "(1, 2", "1", "(1000000000000,)",
                              "(2,)",
                              "(4611686018427387904, 4611686018427387904, 0)"})
        CHECK_THROWS_AS(parse(npy("{'descr': '<f4', 'fortran_order': False, 'shape': " + std::string(shape) + "}", "abcd")),
                        model_error);
    for (auto const* descr : {"'<U4'", "[('a', '<f4')]", "'O'", "''", "'<f4", "'<c8'"})
        CHECK_THROWS_AS(parse(npy("{'descr': " + std::string(descr) + ", 'fortran_order': False, 'shape': (1,)}", "abcd")),
                        model_error);
    auto const whole = npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", "abcd");
    for (std::size_t n = 0; n < whole.size(); ++n) CHECK_THROWS_AS(parse(whole.substr(0, n)), model_error);
    CHECK_THROWS_AS(parse(npy("{'descr': '<u8', 'fortran_order': False, 'shape': (1,)}", std::string(8, '\xff'))), model_error);
}
