// Operators that read or write at places that other tensors list.
#include "lottery.hpp"

namespace tpu_convert::test {

namespace {

kernel_case gathered(lottery& l, operation_info const&) {
    shape const dims = l.dims(1, 4, 8000);
    std::int64_t const axis = l.axis(dims.size()), n = dims[static_cast<std::size_t>(axis < 0 ? axis + std::ssize(dims) : axis)];
    shape const places = l.dims(1, 2, 60);
    bool const keep = !l.chance(4);
    return {"Gather", {{"axis", axis}, {"keepdims", keep}},
            {values(dims), whole_numbers(keep ? places : shape{1}, l.either() ? 0 : -n, n, l.either())}, 0};
}

kernel_case gathered_elements(lottery& l, operation_info const&) {
    shape const dims = l.dims(1, 4, 3000);
    std::int64_t const axis = l.axis(dims.size()), at = axis < 0 ? axis + std::ssize(dims) : axis;
    shape places = dims;
    for (auto& d : places)
        if (l.chance(4)) d = l.up_to(1, d);
    double const n = static_cast<double>(dims[static_cast<std::size_t>(at)]);
    places[static_cast<std::size_t>(at)] = l.up_to(1, 40);
    return {"GatherElements", {{"axis", axis}}, {values(dims), whole_numbers(places, -n, n, l.either())}, 0};
}

kernel_case gathered_parts(lottery& l, operation_info const&) {
    shape const dims = l.dims(1, 4, 3000);
    std::int64_t const rank = std::ssize(dims), batch = l.chance(3) ? l.up_to(0, rank - 1) : 0;
    shape places(dims.begin(), dims.begin() + batch);
    if (l.either() || batch == 0) places.push_back(l.size(30));
    std::int64_t const deep = l.up_to(1, rank - batch);
    double const least = static_cast<double>(*std::min_element(dims.begin() + batch, dims.begin() + batch + deep));
    places.push_back(deep);
    return {"GatherND", {{"batch_dims", batch}}, {values(dims), whole_numbers(places, -least, least, l.either())}, 0};
}

// Each place once, since the order of writing is not fixed.
kernel_case scattered_elements(lottery& l, operation_info const&) {
    shape const dims = l.dims(1, 4, 1500);
    std::int64_t const axis = l.axis(dims.size());
    auto const at = static_cast<std::size_t>(axis < 0 ? axis + std::ssize(dims) : axis);
    shape places = dims;
    places[at] = l.up_to(1, dims[at]);
    kernel_operand where = whole_numbers(places, 0, 1, l.either());
    auto const strides = dense_strides(places);
    where.values.resize(static_cast<std::size_t>(element_count(places)));
    for (std::int64_t i = 0; i < element_count(places); ++i) {
        if (i / strides[at] % places[at] != 0) continue;
        auto const order = l.order_of(dims[at]);
        for (std::int64_t k = 0; k < places[at]; ++k)
            where.values[static_cast<std::size_t>(i + k * strides[at])] = order[static_cast<std::size_t>(k)];
    }
    std::int64_t const reduction = l.either() ? 0 : l.up_to(0, 4);
    return {"ScatterElements", {{"axis", axis}, {"reduction", reduction}}, {values(dims), where, values(places)},
            reduction ? 4.0 : 0.0};
}

kernel_case scattered_parts(lottery& l, operation_info const&) {
    shape const dims = l.dims(1, 4, 1500);
    std::int64_t const deep = l.up_to(1, std::ssize(dims));
    std::int64_t rows = 1;
    for (std::int64_t i = 0; i < deep; ++i) rows *= dims[static_cast<std::size_t>(i)];
    std::int64_t const count = l.up_to(1, std::min<std::int64_t>(rows, 30));
    kernel_operand where = whole_numbers({count, deep}, 0, 1, l.either());
    auto const order = l.order_of(rows);
    for (std::int64_t i = 0; i < count; ++i) {
        auto rest = static_cast<std::int64_t>(order[static_cast<std::size_t>(i)]);
        ints at(static_cast<std::size_t>(deep));
        for (std::size_t k = at.size(); k-- > 0; rest /= dims[k]) at[k] = rest % dims[k];
        where.values.insert(where.values.end(), at.begin(), at.end());
    }
    shape updates{count};
    updates.insert(updates.end(), dims.begin() + deep, dims.end());
    std::int64_t const reduction = l.either() ? 0 : l.up_to(0, 4);
    return {"ScatterND", {{"reduction", reduction}}, {values(dims), where, values(updates)}, reduction ? 4.0 : 0.0};
}

kernel_case top(lottery& l, operation_info const&) {
    shape const dims = l.dims(1, 4, 3000);
    std::int64_t const axis = l.axis(dims.size()), n = dims[static_cast<std::size_t>(axis < 0 ? axis + std::ssize(dims) : axis)];
    kernel_operand const x = l.either() ? whole_numbers(dims, 0, 9) : values(dims);
    return {"TopK", {{"axis", axis}, {"K", l.up_to(1, std::min<std::int64_t>(n, 40))}, {"largest", l.either()}}, {x}, 0};
}

kernel_case sorted(lottery& l, operation_info const&) {
    shape const dims = l.dims(1, 4, 2000);
    return {"Sort", {{"axis", l.axis(dims.size())}, {"descending", l.either()}}, {values(dims)}, 0};
}

kernel_case put(lottery& l, operation_info const&) {
    shape const dims = l.dims(1, 3, 1500);
    bool const adds = l.either();
    std::int64_t const count = adds ? l.up_to(1, 20) : l.up_to(1, dims[0]);
    kernel_operand where = whole_numbers({count}, 0, static_cast<double>(dims[0]), l.either());
    if (!adds) where.values = l.order_of(dims[0]), where.values.resize(static_cast<std::size_t>(count));
    shape updates = dims;
    updates[0] = count;
    return {"IndexPut", {{"accumulate", adds}}, {values(dims), where, values(updates)}, adds ? 10.0 : 0.0};
}

kernel_case looked_up(lottery& l, operation_info const&) {
    return {"Lut", {}, {whole_numbers(l.dims(1, 4, 3000), -128, 128), weights({1, 1, 1, 256})}, 0};
}

kernel_case embedded_back(lottery& l, operation_info const&) {
    shape places = l.dims(1, 2, 30), gradient = places;
    gradient.push_back(l.size(40));
    std::int64_t const count = l.up_to(1, 20);
    return {
        "EmbDenseBwd", {{"num_weights", count}}, {values(gradient), whole_numbers(places, 0, static_cast<double>(count))}, 16};
}

} // namespace

case_generators selection_generators() {
    return {{"Gather", gathered},   {"GatherElements", gathered_elements}, {"GatherND", gathered_parts},
            {"ScatterElements", scattered_elements}, {"ScatterND", scattered_parts}, {"TopK", top}, {"Sort", sorted},
            {"IndexPut", put},      {"Lut", looked_up},      {"EmbDenseBwd", embedded_back}};
}

} // namespace tpu_convert::test
