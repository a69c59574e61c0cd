#include "op_helper.hpp"

using namespace op_test;

namespace {

template <class Op>
void refuses(typename Op::attributes const& a, std::vector<shape> const& in) {
    CHECK_THROWS_AS(Op::infer(a, in), model_error);
}

} // namespace

TEST_CASE("shapes and attributes that do not fit are errors, not crashes") {
    constexpr auto huge = std::int64_t{1} << 62;
    refuses<op::conv>({{.kernel_shape = {3, 3}, .strides = {1, 1}, .pads = {0, 0, 0, 0}}}, {{1, 3, 2, 8}, {4, 3, 3, 3}});
    refuses<op::conv>({{.kernel_shape = {3, 3}, .strides = {0, 1}, .pads = {0, 0, 0, 0}}}, {{1, 3, 8, 8}, {4, 3, 3, 3}});
    refuses<op::conv>({{.kernel_shape = {3, 3}, .strides = {1, 1}, .pads = {0, 0}}}, {{1, 3, 8, 8}, {4, 3, 3, 3}});
    refuses<op::conv>({{.kernel_shape = {3, 3}, .strides = {1, 1}, .pads = {0, 0, 0, 0}, .group = huge}},
                      {{1, 3, 8, 8}, {4, 3, 3, 3}});
    refuses<op::max_pool>({.kernel_shape = {huge}, .strides = {1}, .pads = {huge, huge}}, {{1, 3, 8}});
    refuses<op::mat_mul>({}, {{2, 3}, {2, 3}});
    refuses<op::reshape>({.new_shape = {{-1, -1}}}, {{4}});
    refuses<op::reshape>({.new_shape = {{huge, huge, huge}}}, {{4}});
    refuses<op::permute>({.order = {0, 0}}, {{2, 3}});
    refuses<op::permute>({.order = {0, 7}}, {{2, 3}});
    refuses<op::slice>({.offset = {0}, .steps = {0}, .ends = {1}}, {{4}});
    refuses<op::concat>({.axis = 1}, {{2, 3}, {3, 3}});
    refuses<op::split>({.axis = 0, .num = 2, .split_size = {{-1, 5}}}, {{4}});
    refuses<op::pad>({.paddings = {huge, 0}}, {{4}});
    refuses<op::pad>({.paddings = {4, 0}, .mode = padding_mode::reflect}, {{4}});
    refuses<op::tile>({.repeats = {{huge, huge}}}, {{4, 4}});
    refuses<op::softmax>({.axis = 2}, {{2, 3}});
    refuses<op::group_norm>({.num_groups = 2}, {{1, 3, 4}});
    refuses<op::top_k>({.axis = 0, .k = 5}, {{4}});
    refuses<op::interp>({.scale_h = 0, .scale_w = 1}, {{1, 1, 4, 4}});
    refuses<op::depth2space>({.block_h = 2, .block_w = 2}, {{1, 3, 4, 4}});
    refuses<op::gather_nd>({}, {{2, 3}, {1, 3}});
}
