#include "op_helper.hpp"
#include <tpu_convert/op/registry.hpp>

using namespace op_test;

TEST_CASE("the attributes of every operator survive their erased form") {
    for_each(all_operations{}, []<class Op>(std::type_identity<Op>) {
        auto const& info = info_of<Op>();
        CHECK(info.name == Op::name);
        attribute_map const map = info.to_map(typename Op::attributes{});
        CHECK(info.to_map(info.from_map(map)) == map);
    });
    CHECK(find_operation("NoSuchOperator") == nullptr);
}

TEST_CASE("an attribute that an operator does not have is an error") {
    CHECK_THROWS_WITH_AS(find_operation("Relu")->from_map({{"alpha", 1.0}}),
                         "alpha: the operator has no attribute of this name", model_error);
    CHECK_THROWS_AS(find_operation("Reduce")->from_map({{"mode", std::string("ReduceMost")}}), model_error);
    auto const a = std::any_cast<op::leaky_relu::attributes>(find_operation("LeakyRelu")->from_map({{"alpha", std::int64_t{2}}}));
    CHECK(a.alpha == 2);
}
