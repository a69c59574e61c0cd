#include <tpu_convert/chip/cv183x/chip.hpp>
#include <tpu_convert/chip/cv18xx/data_mover.hpp>
#include <tpu_convert/schedule/deploy.inl>
template tpu_convert::deployment tpu_convert::deploy<tpu_convert::cv183x>(graph const&, deploy_options const&);
template tpu_convert::deployment tpu_convert::deploy_typed<tpu_convert::cv183x>(graph, deploy_options const&);
