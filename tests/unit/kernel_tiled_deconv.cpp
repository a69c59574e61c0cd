// Transposed convolutions that are cut into tiles along rows and columns.
#include "kernel_case.hpp"
#include <doctest/doctest.h>

using namespace tpu_convert;
using namespace tpu_convert::test;

TEST_CASE("a transposed convolution too large for one tile gives what the reference gives") {
    using ints = std::vector<std::int64_t>;
    struct geometry {
        ints kernel, strides, pads, more;
        shape in;
    };
    for (auto const& g : {geometry{{2, 2}, {2, 2}, {0, 0, 0, 0}, {0, 0}, {1, 3, 160, 160}},
                          geometry{{4, 4}, {2, 2}, {1, 1, 1, 1}, {1, 1}, {1, 2, 160, 150}},
                          geometry{{3, 5}, {3, 2}, {0, 2, 0, 2}, {0, 1}, {1, 2, 130, 140}},
                          geometry{{3, 3}, {1, 1}, {0, 0, 0, 0}, {0, 0}, {1, 2, 290, 290}}})
        for (auto const t : {dtype::f32, dtype::f16}) {
            attribute_map const a{
                {"kernel_shape", g.kernel}, {"strides", g.strides}, {"pads", g.pads}, {"output_padding", g.more}};
            kernel_case const c{"Deconv", a, {{g.in}, {{1, g.in[1], g.kernel[0], g.kernel[1]}, -1, 1, true}}, 20};
            kernel_result const r = run_kernel(c, t);
            CHECK_MESSAGE(r.ulps <= 21, title(c, t) << ": element " << r.worst << ", half ulps " << r.ulps);
            CHECK_MESSAGE(r.hazards.empty(), title(c, t));
        }
}
