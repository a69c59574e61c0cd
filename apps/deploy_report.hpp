// Deploy's report: sizes, times, and where a quantized network loses accuracy.
#pragma once
#include "deploy_validation.hpp"
#include <string>
#include <tpu_convert/report/page.hpp>
#include <tpu_convert/schedule/deploy.hpp>
#include <tpu_convert/simulate/clock_bmodel.hpp>
#include <vector>

namespace tpu_convert::apps {

// Both networks' tensors are computed once more, all of them.
void add_tensors(report::page& p, graph const& g, graph const& typed, deploy_request const& r, validation const& v);
// That --test_reference is not of this network and input, if a float tensor is farther from it than --tolerance allows.
std::string foreign_reference(graph const& g, deploy_request const& r, validation const& v);
// The first tensor that fell, why, and the command to try next; empty if all are within --tolerance.
std::string explanation(report::page const& p, deploy_request const& r);

// What the clock says of the file.
simulate::bmodel_time estimate(deployment const& d);
report::page page_of(graph const& g, deploy_request const& r, deployment const& d);
// --report and --json, with --report_images.
void write_reports(report::page& p, deploy_request const& r);

} // namespace tpu_convert::apps
