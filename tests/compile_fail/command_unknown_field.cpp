// expect: this command has no field of that name
#include <tpu_convert/isa/command.hpp>

using namespace tpu_convert::isa;

struct probe : command<"probe", 64, field<"cmd_id", 0, 20>> {};
auto const read = probe{}.get<"cmd_identity">();
