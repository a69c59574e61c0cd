// Random attributes and shapes within an operator's constraints: what a generator of cases draws from.
#pragma once
#include "../unit/kernel_case.hpp"
#include <algorithm>
#include <initializer_list>
#include <map>
#include <numeric>
#include <string_view>

namespace tpu_convert::test {

using ints = std::vector<std::int64_t>;
using reals = std::vector<double>;

class lottery {
public:
    explicit lottery(std::uint32_t seed) : random_(seed) {}

    std::int64_t up_to(std::int64_t low, std::int64_t high) {
        return low + static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(high - low + 1));
    }
    bool chance(std::int64_t of) { return up_to(1, of) == 1; }
    bool either() { return chance(2); }
    double real(double low, double high) { return low + (high - low) * static_cast<double>(random_() >> 8) * 0x1p-24; }
    template <class T>
    T pick(std::initializer_list<T> from) {
        return from.begin()[up_to(0, static_cast<std::int64_t>(from.size()) - 1)];
    }
    char const* name(std::initializer_list<char const*> from) { return pick(from); }

    // Small as a rule, sometimes around the 64 lanes or longer than a row of them; at most `most`.
    std::int64_t size(std::int64_t most) {
        std::int64_t const kind = up_to(0, 9);
        std::int64_t const n = kind < 2   ? 1
                               : kind < 6 ? up_to(2, 9)
                               : kind < 8 ? up_to(10, 40)
                               : kind < 9 ? up_to(62, 130)
                                          : up_to(130, 600);
        return std::min(n, std::max<std::int64_t>(1, most));
    }
    shape dims(std::int64_t rank, std::int64_t budget = 12000) {
        shape s(static_cast<std::size_t>(rank), 1);
        ints order(s.size());
        std::iota(order.begin(), order.end(), 0);
        std::shuffle(order.begin(), order.end(), random_);
        for (auto const i : order) {
            auto& d = s[static_cast<std::size_t>(i)];
            d = size(budget), budget /= d;
        }
        return s;
    }
    shape dims(std::int64_t least, std::int64_t most, std::int64_t budget) { return dims(up_to(least, most), budget); }
    // What broadcasts to it: ones instead of some sizes, and perhaps fewer axes.
    shape broadcast_to(shape dims) {
        for (auto& d : dims)
            if (chance(4)) d = 1;
        if (chance(3)) dims.erase(dims.begin(), dims.begin() + up_to(0, std::ssize(dims) - 1));
        return dims;
    }
    // Counted from the front or from the back.
    std::int64_t axis(std::size_t rank, std::int64_t least = 0) {
        std::int64_t const r = static_cast<std::int64_t>(rank), a = up_to(least, r - 1);
        return chance(4) ? a - r : a;
    }
    std::vector<float> order_of(std::int64_t n) { // 0... n - 1 in any order
        std::vector<float> all(static_cast<std::size_t>(n));
        std::iota(all.begin(), all.end(), 0.0f);
        std::shuffle(all.begin(), all.end(), random_);
        return all;
    }
    ints permutation(std::int64_t n) {
        auto const all = order_of(n);
        return {all.begin(), all.end()};
    }
    std::mt19937& engine() { return random_; }

private:
    std::mt19937 random_;
};

inline kernel_operand values(shape dims, double low = -1, double high = 1) { return {std::move(dims), low, high}; }
inline kernel_operand weights(shape dims, double low = -1, double high = 1) { return {std::move(dims), low, high, true}; }
// Whole numbers from low to high - 1.
inline kernel_operand whole_numbers(shape dims, double low, double high, bool constant = false) {
    return {std::move(dims), low, high, constant, true};
}
inline kernel_operand not_given() {
    kernel_operand o;
    o.absent = true;
    return o;
}
// A constant list.
inline kernel_operand constant_list(std::vector<float> v) {
    kernel_operand o = weights({static_cast<std::int64_t>(v.size())});
    o.values = std::move(v);
    return o;
}
inline kernel_operand constant_list(ints const& v) { return constant_list(std::vector<float>(v.begin(), v.end())); }

using case_generator = kernel_case (*)(lottery&, operation_info const&);
using case_generators = std::map<std::string_view, case_generator>;

// The generator of an operator, null if there is none. Operators of the families unary and binary need none of their own.
case_generator find_generator(operation_info const& op);
// By operator.
case_generators elementwise_generators(), window_generators(), row_generators(), movement_generators(), selection_generators(),
    composed_generators(), network_generators(), integer_generators();
kernel_case unary_case(lottery& l, operation_info const& op), binary_case(lottery& l, operation_info const& op);

} // namespace tpu_convert::test
