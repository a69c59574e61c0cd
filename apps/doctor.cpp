// doctor: not there yet.
#include "command.hpp"
#include <tpu_convert/core/error.hpp>

namespace tpu_convert::apps {

int doctor(arguments const&) { throw model_error{error_code::not_built_yet, "doctor", "this command is not built yet"}; }

} // namespace tpu_convert::apps
