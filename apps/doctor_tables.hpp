// What this version has and lacks, from the registries.
#pragma once

namespace tpu_convert::apps {

// Operators, chips, commands and options; as docs/operators.md if `markdown`.
void print_tables(bool markdown);

} // namespace tpu_convert::apps
