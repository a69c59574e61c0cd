#include <tpu_convert/chip/cv183x/chip.hpp>
#include <tpu_convert/chip/cv18xx/data_mover.hpp>
#include <tpu_convert/chip/cv18xx/preparation.hpp>
#include <tpu_convert/schedule/deploy.inl>

namespace tpu_convert {
template deployment deploy<cv183x>(graph const&, deploy_options const&);
template deployment deploy_typed<cv183x>(graph, deploy_options const&);
}
