#include <tpu_convert/chip/cv182x/chip.hpp>
#include <tpu_convert/chip/cv18xx/data_mover.hpp>
#include <tpu_convert/chip/cv18xx/preparation.hpp>
#include <tpu_convert/schedule/deploy.inl>

namespace tpu_convert {
template deployment deploy<cv182x>(graph const&, deploy_options const&);
template deployment deploy_typed<cv182x>(graph, deploy_options const&);
}
