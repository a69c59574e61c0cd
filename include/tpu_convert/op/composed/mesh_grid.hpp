// Each list repeated along the axes of the others; with is_reverse the axes follow the lists from the last to the first.
#pragma once
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>

namespace tpu_convert::op {

struct mesh_grid : composed<mesh_grid> {
    static constexpr std::string_view name = "MeshGrid";
    static constexpr operand_count operands{1, any_number};

    struct attributes {
        bool is_reverse = false;

        static constexpr auto fields() {
            return field_list{attribute{"is_reverse", &attributes::is_reverse}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
