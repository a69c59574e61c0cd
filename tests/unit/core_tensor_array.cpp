#include <doctest/doctest.h>
#include <tpu_convert/core/tensor_array.hpp>

using namespace tpu_convert;

TEST_CASE("a tensor as an xtensor expression has its shape and its elements") {
    tensor t({2, 3}, std::vector<float>{1, 2, 3, 4, 5, 6});
    auto a = as_array(t);
    REQUIRE(a.dimension() == 2);
    CHECK(a.shape()[0] == 2);
    CHECK(a.shape()[1] == 3);
    CHECK(a(1, 0) == 4);
    a(1, 2) = 7; // the tensor's own element
    CHECK(t[5] == 7);
    CHECK(as_array(std::as_const(t))(0, 1) == 2);
}

TEST_CASE("elements of a tensor are zero at first and begin on a cache line") {
    tensor const t({5, 7});
    for (float const v : t.values()) CHECK(v == 0);
    CHECK(reinterpret_cast<std::uintptr_t>(t.data()) % 64 == 0);
}
