// run for .bmodel files.
#include "network.hpp"
#include <tpu_convert/core/error.hpp>

namespace tpu_convert::apps {

void run_bmodel_file(arguments const& a) {
    throw model_error{error_code::not_built_yet, a.text("model"), "running .bmodel files is not built yet"};
}

} // namespace tpu_convert::apps
