// A scope in which floating point arithmetic is rounded toward zero.
#pragma once
#include <cfenv>

namespace tpu_convert::simulate {

class truncating_mode {
public:
    truncating_mode() : saved_(std::fegetround()) { std::fesetround(FE_TOWARDZERO); }
    ~truncating_mode() { std::fesetround(saved_); }
    truncating_mode(truncating_mode const&) = delete;
    truncating_mode& operator=(truncating_mode const&) = delete;

private:
    int saved_;
};

} // namespace tpu_convert::simulate
