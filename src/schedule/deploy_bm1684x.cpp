#include <tpu_convert/chip/bm1684x/data_mover.hpp>
#include <tpu_convert/schedule/deploy.inl>
#include <tpu_convert/simulate/clock_bm1684x.hpp>
template tpu_convert::deployment tpu_convert::deploy<tpu_convert::bm1684x>(graph const&, deploy_options const&);
template tpu_convert::deployment tpu_convert::deploy_typed<tpu_convert::bm1684x>(graph, deploy_options const&);
