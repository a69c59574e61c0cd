#include <tpu_convert/quantize/tuning_trial.inl>
