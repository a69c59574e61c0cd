#include <doctest/doctest.h>
#include <string>
#include <tpu_convert/op/gelu.hpp>
#include <tpu_convert/op/leaky_relu.hpp>
#include <tpu_convert/op/mish.hpp>
#include <tpu_convert/op/silu.hpp>
#include <tpu_convert/op/sub_const.hpp>

using namespace tpu_convert;

namespace {

// Lowers a body to text.
struct writer {
    int next = 0;
    std::string code{};

    std::string argument(std::size_t i) { return "x" + std::to_string(i); }
    std::string number(double v) { return std::to_string(v).substr(0, 4); }
    template <class Function, class... Args>
    std::string apply(Function, Args const&... args) {
        std::string const name = "t" + std::to_string(next++);
        code += name + "=" + std::string(Function::name);
        ((code += " " + args), ...);
        code += ";";
        return name;
    }
};

template <class Op>
std::string lowered(typename Op::attributes const& a) {
    writer w;
    auto const result = Op::body::lower(a, w);
    return w.code + result;
}

} // namespace

TEST_CASE("a body is lowered function by function") {
    CHECK(lowered<op::silu>({}) == "t0=sub 0.00 x0;t1=exp t0;t2=add 1.00 t1;t3=div x0 t2;t3");
    CHECK(lowered<op::leaky_relu>({.alpha = 0.25}) == "t0=mul x0 0.25;t1=select_greater x0 0.00 x0 t0;t1");
}

TEST_CASE("an attribute chooses among bodies") {
    CHECK(lowered<op::sub_const>({.const_val = 2}) == "t0=sub x0 2.00;t0");
    CHECK(lowered<op::sub_const>({.const_val = 2, .is_reverse = true}) == "t0=sub 2.00 x0;t0");
    CHECK(lowered<op::gelu>({.approx_mode = gelu_mode::sigm}).find("exp") != std::string::npos);
}

TEST_CASE("what is bound by let is computed once") {
    auto const code = lowered<op::mish>({});
    CHECK(code.find("exp") == code.rfind("exp"));
}
