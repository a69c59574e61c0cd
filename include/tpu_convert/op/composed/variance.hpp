// Mean of the squared distances from the mean over some axes, with `correction` elements fewer in the count.
#pragma once
#include <cstdint>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>
#include <vector>

namespace tpu_convert::op {

struct variance : composed<variance> {
    static constexpr std::string_view name = "Variance";
    static constexpr operand_count operands{1, 1};

    struct attributes {
        std::vector<std::int64_t> reduce_list{};
        double correction = 0;
        bool keep_dims = false;

        static constexpr auto fields() {
            return field_list{attribute{"reduce_list", &attributes::reduce_list},
                              attribute{"correction", &attributes::correction},
                              attribute{"keep_dims", &attributes::keep_dims}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
