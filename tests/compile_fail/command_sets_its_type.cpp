// expect: this field is set by the command's type
#include <tpu_convert/isa/command.hpp>

using namespace tpu_convert::isa;

struct probe : command<"probe", 64, fixed_field<"tsk_typ", 0, 4, 3>> {};
void f(probe& p) { p.set<"tsk_typ">(2); }
