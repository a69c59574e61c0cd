// Loop nests of strided views.
#pragma once
#include <tpu_convert/op/kernel/view.hpp>

namespace tpu_convert::kernel {

TPU_CONVERT_INLINE nest merged(nest const& n) {
    nest m;
    m.strides.resize(n.strides.size());
    for (std::size_t i = 0; i < n.dims.size(); ++i) {
        if (n.dims[i] == 1) continue;
        bool joins = !m.dims.empty();
        for (std::size_t k = 0; joins && k < n.strides.size(); ++k) joins = m.strides[k].back() == n.strides[k][i] * n.dims[i];
        if (!joins) m.dims.push_back(1);
        m.dims.back() *= n.dims[i];
        for (std::size_t k = 0; k < n.strides.size(); ++k) {
            if (!joins) m.strides[k].push_back(0);
            m.strides[k].back() = n.strides[k][i];
        }
    }
    if (m.dims.empty()) {
        m.dims.push_back(1);
        for (auto& s : m.strides) s.push_back(1);
    }
    return m;
}

TPU_CONVERT_INLINE shape broadcast_strides(shape const& s, shape const& dims) {
    shape const dense = dense_strides(s);
    shape strides(dims.size(), 0);
    for (std::size_t i = 0; i < s.size(); ++i)
        if (s[i] != 1) strides[dims.size() - s.size() + i] = dense[i];
    return strides;
}

} // namespace tpu_convert::kernel
