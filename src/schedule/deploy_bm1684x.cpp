#include <tpu_convert/chip/bm1684x/data_mover.hpp>
#include <tpu_convert/chip/bm1684x/preparation.hpp>
#include <tpu_convert/schedule/deploy.inl>
#include <tpu_convert/simulate/clock_bm1684x.hpp>

namespace tpu_convert {
template deployment deploy<bm1684x>(graph const&, deploy_options const&);
template deployment deploy_typed<bm1684x>(graph, deploy_options const&);
}
