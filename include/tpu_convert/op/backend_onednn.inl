// oneDNN behind the reference.
#pragma once
#include <bit>
#include <dlfcn.h>
#include <dnnl.hpp>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <tpu_convert/op/backend_onednn.hpp>
#include <tpu_convert/op/kernel/elementwise.hpp>
#include <unordered_map>
#include <utility>
#include <vector>

namespace tpu_convert::backend {

namespace detail {

using md = dnnl::memory::desc;

inline dnnl::engine const& engine() {
    static dnnl::engine const cpu(dnnl::engine::kind::cpu, 0);
    return cpu;
}
inline dnnl::stream& stream() {
    thread_local dnnl::stream s(engine());
    return s;
}
inline dnnl::memory borrow(md const& desc, float const* data) { return {desc, engine(), const_cast<float*>(data)}; }

// A convolution ready to run. Images are turned to channels-last around it, for which oneDNN is fastest.
struct prepared {
    dnnl::primitive run;
    md x_planes, y_planes, x_pixels, y_pixels; // channels first, channels last
    std::optional<dnnl::reorder> turn_x, turn_y;
    dnnl::memory filter, x, y;
};

struct geometry {
    dnnl::memory::dims x, y, filter, strides, dilations, before, after;
    bool one_group;
};

inline geometry geometry_of(convolution_call const& call) {
    auto const& c = call.c;
    geometry g{{c.batch, c.in}, {c.batch, c.out}, {}, {}, {}, {}, {}, c.group == 1};
    if (!g.one_group) g.filter.push_back(c.group);
    g.filter.insert(g.filter.end(), {c.out / c.group, c.in / c.group});
    bool const flat = call.w[0].in == 1 && call.w[0].kernel == 1 && call.w[0].out == 1;
    for (std::size_t i = flat ? 1 : 0; i < 3; ++i) {
        auto const& a = call.w[i];
        g.x.push_back(call.transposed ? a.out : a.in);
        g.y.push_back(call.transposed ? a.in : a.out);
        g.filter.push_back(a.kernel);
        g.strides.push_back(a.stride);
        g.dilations.push_back(a.dilation - 1);
        g.before.push_back(a.before);
        auto const reach = (a.out - 1) * a.stride + (a.kernel - 1) * a.dilation + 1;
        g.after.push_back(call.transposed ? reach - a.in - a.before : a.after);
    }
    return g;
}

inline dnnl::primitive_attr relu_attribute(fused_relu const& relu) {
    dnnl::primitive_attr attribute;
    if (!relu.active) return attribute;
    dnnl::post_ops after;
    if (relu.limit > 0)
        after.append_eltwise(1, dnnl::algorithm::eltwise_clip, 0, static_cast<float>(relu.limit));
    else
        after.append_eltwise(1, dnnl::algorithm::eltwise_relu, 0, 0);
    attribute.set_post_ops(after);
    return attribute;
}

inline dnnl::memory reordered(md const& from, float const* data, md const& to) {
    auto plain = borrow(from, data);
    dnnl::memory turned(to, engine());
    dnnl::reorder(plain, turned).execute(stream(), plain, turned);
    stream().wait();
    return turned;
}

// Filters in the orders that were asked for, by several threads.
class filter_orders {
public:
    dnnl::memory find(md const& from, float const* data, md const& to) {
        std::lock_guard const lock(mutex_);
        auto& orders = made_[data];
        for (auto const& [desc, memory] : orders)
            if (desc == to) return memory;
        return orders.emplace_back(to, reordered(from, data, to)).second;
    }

private:
    std::mutex mutex_;
    std::map<float const*, std::vector<std::pair<md, dnnl::memory>>> made_;
};

template <class Primitive>
prepared prepare_as(convolution_call const& call, dnnl::algorithm how, filter_orders& filters) {
    using tag = dnnl::memory::format_tag;
    constexpr auto f32 = dnnl::memory::data_type::f32;
    auto const g = geometry_of(call);
    bool const deep = g.x.size() == 5;
    auto const first = deep ? tag::abcde : tag::abcd, last = deep ? tag::acdeb : tag::acdb;
    prepared p;
    p.x_planes = md(g.x, f32, first), p.x_pixels = md(g.x, f32, last);
    p.y_planes = md(g.y, f32, first), p.y_pixels = md(g.y, f32, last);
    typename Primitive::desc const wanted(dnnl::prop_kind::forward_inference, how, p.x_pixels, md(g.filter, f32, tag::any),
                                          call.bias ? md({call.c.out}, f32, tag::a) : md(), p.y_pixels, g.strides, g.dilations,
                                          g.before, g.after);
    typename Primitive::primitive_desc const chosen(wanted, relu_attribute(call.relu), engine());
    p.run = Primitive(chosen);
    auto const plain = g.filter.size() == 4 ? tag::abcd : g.filter.size() == 5 ? tag::abcde : tag::abcdef;
    p.filter = filters.find(md(g.filter, f32, plain), call.filter, chosen.weights_desc());
    auto const turned = [](std::int64_t channels, std::int64_t size) { return channels != 1 && size != 1; };
    bool const whole_x =
        call.channels_last || !turned(call.c.in, call.transposed ? kernel::output_size(call.w) : kernel::input_size(call.w));
    bool const whole_y =
        call.channels_last || !turned(call.c.out, call.transposed ? kernel::input_size(call.w) : kernel::output_size(call.w));
    p.x = dnnl::memory(p.x_pixels, engine(), DNNL_MEMORY_NONE);
    p.y = dnnl::memory(p.y_pixels, engine(), DNNL_MEMORY_NONE);
    if (!whole_x) {
        p.x = dnnl::memory(p.x_pixels, engine());
        p.turn_x.emplace(dnnl::memory(p.x_planes, engine(), DNNL_MEMORY_NONE), p.x);
    }
    if (!whole_y) {
        p.y = dnnl::memory(p.y_pixels, engine());
        p.turn_y.emplace(p.y, dnnl::memory(p.y_planes, engine(), DNNL_MEMORY_NONE));
    }
    return p;
}

inline prepared prepare(convolution_call const& call, filter_orders& filters) {
    return call.transposed ? prepare_as<dnnl::deconvolution_forward>(call, dnnl::algorithm::deconvolution_direct, filters)
                           : prepare_as<dnnl::convolution_forward>(call, dnnl::algorithm::convolution_direct, filters);
}

inline void execute(prepared& p, convolution_call const& call) {
    auto& s = stream();
    if (p.turn_x) {
        auto planes = borrow(p.x_planes, call.x);
        p.turn_x->execute(s, planes, p.x);
    } else {
        p.x.set_data_handle(const_cast<float*>(call.x));
    }
    if (!p.turn_y) p.y.set_data_handle(call.y);
    std::unordered_map<int, dnnl::memory> arguments{{DNNL_ARG_SRC, p.x}, {DNNL_ARG_WEIGHTS, p.filter}, {DNNL_ARG_DST, p.y}};
    if (call.bias)
        arguments.emplace(DNNL_ARG_BIAS,
                          borrow(md({call.c.out}, dnnl::memory::data_type::f32, dnnl::memory::format_tag::a), call.bias));
    p.run.execute(s, arguments);
    if (p.turn_y) {
        auto planes = borrow(p.y_planes, call.y);
        p.turn_y->execute(s, p.y, planes);
    }
    s.wait();
}

// What makes two calls on one filter the same but for their data.
inline auto key_of(convolution_call const& call) {
    std::vector<std::int64_t> key{call.c.batch,     call.c.in,
                                  call.c.out,       call.c.group,
                                  call.transposed,  call.bias != nullptr,
                                  call.relu.active, std::bit_cast<std::int64_t>(call.relu.limit)};
    for (auto const& a : call.w) key.insert(key.end(), {a.in, a.out, a.kernel, a.stride, a.dilation, a.before, a.after});
    return std::pair{call.filter, key};
}

inline void plain_convolution(convolution_call call) {
    auto const f = call.transposed ? kernel::transposed_convolution<float> : kernel::convolution<float>;
    auto const& [d, h, v] = call.w;
    shape const in{call.c.batch, call.c.in, h.in, v.in}, out{call.c.batch, call.c.out, h.out, v.out};
    auto const size = call.transposed ? kernel::input_size(call.w) : kernel::output_size(call.w);
    float* const y = call.y;
    std::vector<float> x_planes, y_planes;
    if (call.channels_last) {
        x_planes.resize(static_cast<std::size_t>(element_count(in)));
        y_planes.resize(static_cast<std::size_t>(element_count(out)));
        turn(in, call.x, x_planes.data(), false);
        call.x = x_planes.data(), call.y = y_planes.data();
    }
    f(call.w, call.c, call.x, call.filter, call.bias, call.y);
    kernel::apply_relu(call.relu, call.y, call.c.batch * call.c.out * size);
    if (call.channels_last) turn(out, call.y, y, true);
}

inline session*& current() {
    thread_local session* active = nullptr;
    return active;
}

} // namespace detail

struct filters::state {
    std::set<float const*> constants;
    detail::filter_orders orders;
};

struct session::state {
    std::shared_ptr<filters> constants;
    std::map<std::pair<float const*, std::vector<std::int64_t>>, detail::prepared> convolutions;
    std::map<std::pair<shape, bool>, dnnl::reorder> turns;
};

TPU_CONVERT_INLINE filters::filters() : own(std::make_unique<state>()) {}
TPU_CONVERT_INLINE filters::~filters() = default;
TPU_CONVERT_INLINE void filters::add(float const* data) { own->constants.insert(data); }

TPU_CONVERT_INLINE session::session(std::shared_ptr<filters> constants) : own(std::make_unique<state>()) {
    own->constants = std::move(constants);
}
TPU_CONVERT_INLINE session::~session() = default;

TPU_CONVERT_INLINE session_scope::session_scope(session& s) : outer_(detail::current()) { detail::current() = &s; }
TPU_CONVERT_INLINE session_scope::~session_scope() { detail::current() = outer_; }

// oneDNN built with OpenMP takes the number from there; other builds have their own pool.
TPU_CONVERT_INLINE void compute_alone() {
    using set_count = void (*)(int);
    static auto const set = reinterpret_cast<set_count>(::dlsym(RTLD_DEFAULT, "omp_set_num_threads"));
    if (set) set(1);
}

TPU_CONVERT_INLINE void convolution(convolution_call const& call) {
    auto* const active = detail::current();
    try {
        auto* const constants = active ? active->own->constants->own.get() : nullptr;
        if (constants && constants->constants.contains(call.filter)) {
            auto& kept = active->own->convolutions;
            auto const key = detail::key_of(call);
            auto found = kept.find(key);
            if (found == kept.end()) found = kept.emplace(key, detail::prepare(call, constants->orders)).first;
            return detail::execute(found->second, call);
        }
        detail::filter_orders orders;
        auto once = detail::prepare(call, orders);
        detail::execute(once, call);
    } catch (dnnl::error const&) { // a combination that oneDNN does not have
        detail::plain_convolution(call);
    }
}

TPU_CONVERT_INLINE void turn(shape const& dims, float const* from, float* to, bool to_channels_last) {
    using tag = dnnl::memory::format_tag;
    constexpr auto f32 = dnnl::memory::data_type::f32;
    auto x = detail::borrow({dims, f32, to_channels_last ? tag::abcd : tag::acdb}, from);
    auto y = detail::borrow({dims, f32, to_channels_last ? tag::acdb : tag::abcd}, to);
    auto* const active = detail::current();
    if (!active) return dnnl::reorder(x, y).execute(detail::stream(), x, y);
    auto& kept = active->own->turns;
    auto const key = std::pair{dims, to_channels_last};
    auto found = kept.find(key);
    if (found == kept.end()) found = kept.emplace(key, dnnl::reorder(x, y)).first;
    found->second.execute(detail::stream(), x, y);
}

TPU_CONVERT_INLINE void matrix_product(kernel::matrix_sizes const& m, float const* left, float const* right, float* y) {
    auto const status =
        dnnl_sgemm(m.left_transpose ? 'T' : 'N', m.right_transpose ? 'T' : 'N', m.rows, m.columns, m.depth, 1, left,
                   m.left_transpose ? m.rows : m.depth, right, m.right_transpose ? m.depth : m.columns, 0, y, m.columns);
    if (status != dnnl_success) kernel::matrix_product(m, left, right, y);
}

} // namespace tpu_convert::backend
