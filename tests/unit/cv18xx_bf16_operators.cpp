// Operators of BF16 on the CV18xx family: the machine beside the reference, whose sums are not cut and whose functions are no
// tables. The vendor's C-model gives the machine's bits.
#include "small_network.hpp"
#include <cmath>
#include <tpu_convert/op/deconv.hpp>
#include <tpu_convert/op/div.hpp>
#include <tpu_convert/op/interp.hpp>
#include <tpu_convert/op/layer_norm.hpp>
#include <tpu_convert/op/leaky_relu.hpp>
#include <tpu_convert/op/mat_mul.hpp>
#include <tpu_convert/op/mul.hpp>
#include <tpu_convert/op/permute.hpp>
#include <tpu_convert/op/reduce.hpp>
#include <tpu_convert/op/silu.hpp>
#include <tpu_convert/op/sqrt.hpp>

using namespace small_network_test;

namespace {

// Largest difference, in parts of the reference's largest number.
template <class Chip>
double difference(builder& b, graph::ref last) {
    b.options.integer = false;
    b.g.outputs = {last};
    std::string const name = b.g[last].name;
    auto const typed = b.typed().net;
    auto const wanted = evaluate_graph(typed, b.inputs()).at(name);
    auto const run = b.run(deploy_typed<Chip>(typed, {.net_name = "one", .types = {}, .keep_all = false, .progress = {}}).file);
    CHECK(run.hazards.empty());
    auto const got = to_tensor(*run.outputs.find(name));
    double most = 0, largest = 0;
    for (std::int64_t i = 0; i < wanted.size(); ++i)
        most = std::max<double>(most, std::fabs(got[i] - wanted[i])), largest = std::max<double>(largest, std::fabs(wanted[i]));
    return most / largest;
}

// One operator on x, which has the sizes of a small image, on the chips with most and with fewest lanes.
template <class Op>
void check(typename Op::attributes a, double most) {
    for_each(type_list<cv183x, cv180x>{}, [&]<class Chip>(std::type_identity<Chip>) {
        builder b;
        CAPTURE(Op::name);
        CHECK(difference<Chip>(b, b.operation<Op>(a, {b.x()}, "y")) < most);
    });
}

constexpr double ulp = 1.0 / 128; // of bf16, at the largest number

} // namespace

TEST_CASE("functions of BF16") {
    check<op::silu>({}, ulp);
    check<op::sigmoid>({}, ulp);
    check<op::leaky_relu>({.alpha = 0.1}, ulp);
}

TEST_CASE("resizing of BF16, up by even and uneven factors") {
    op::interp::attributes a;
    a.mode = interp_mode::linear, a.scale_h = a.scale_w = 2;
    check<op::interp>(a, 2 * ulp);
    a.scale_h = 1.4, a.scale_w = 1.7, a.coord_mode = interp_coord_mode::align_corners;
    check<op::interp>(a, 2 * ulp);
}

TEST_CASE("means, maxima and normalizations along rows of BF16") {
    op::reduce::attributes a;
    a.axes = {2, 3}, a.mode = reduce_mode::sum;
    check<op::reduce>(a, 2 * ulp);
    a.mode = reduce_mode::max;
    check<op::reduce>(a, ulp);
    check<op::layer_norm>({.axis = 3}, 3 * ulp);
}

TEST_CASE("quotients and products of computed BF16 tensors") {
    for_each(type_list<cv183x, cv180x>{}, []<class Chip>(std::type_identity<Chip>) {
        builder b;
        auto const square = b.operation<op::mul>({}, {b.x(), b.x()}, "square");
        auto const more = b.operation<op::sigmoid>({}, {b.x()}, "more");
        CHECK(difference<Chip>(b, b.operation<op::div>({}, {square, more}, "y")) < 3 * ulp);
        builder m;
        auto const turned = m.operation<op::permute>({.order = {0, 1, 3, 2}}, {m.x()}, "turned");
        CHECK(difference<Chip>(m, m.operation<op::mat_mul>({}, {m.x(), turned}, "y")) < ulp);
    });
}
