#include <tpu_convert/chip/cv181x/chip.hpp>
#include <tpu_convert/chip/cv18xx/data_mover.hpp>
#include <tpu_convert/schedule/deploy.inl>
template tpu_convert::deployment tpu_convert::deploy<tpu_convert::cv181x>(graph const&, deploy_options const&);
template tpu_convert::deployment tpu_convert::deploy_typed<tpu_convert::cv181x>(graph, deploy_options const&);
