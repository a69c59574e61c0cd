// A scope in which float32 arithmetic treats subnormal operands as zero and flushes subnormal results, as the chips do.
#pragma once
#include <cstdint>
#if defined(__SSE__)
#include <xmmintrin.h>
#endif

namespace tpu_convert::simulate {

class flush_mode {
public:
    flush_mode(flush_mode const&) = delete;
    flush_mode& operator=(flush_mode const&) = delete;
#if defined(__SSE__)
    flush_mode() : saved_(_mm_getcsr()) { _mm_setcsr(saved_ | 0x8040u); }
    ~flush_mode() { _mm_setcsr(saved_); }

private:
    unsigned saved_;
#elif defined(__aarch64__)
    flush_mode() {
        asm volatile("mrs %0, fpcr" : "=r"(saved_));
        asm volatile("msr fpcr, %0" ::"r"(saved_ | std::uint64_t{1} << 24));
    }
    ~flush_mode() { asm volatile("msr fpcr, %0" ::"r"(saved_)); }

private:
    std::uint64_t saved_;
#else
    flush_mode() {}
    ~flush_mode() {}
#endif
};

} // namespace tpu_convert::simulate
