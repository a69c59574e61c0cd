#include <tpu_convert/quantize/calibrate.inl>
#include <tpu_convert/quantize/sample_runner.inl>
#include <tpu_convert/quantize/threshold_tuner.inl>
#include <tpu_convert/quantize/tuning_trial.inl>
#include <tpu_convert/quantize/useful_range.inl>
