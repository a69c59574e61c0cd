// Build mode: header-only unless the compiled library says otherwise.
#pragma once

#ifndef TPU_CONVERT_HEADER_ONLY
#define TPU_CONVERT_HEADER_ONLY 1
#endif

#if TPU_CONVERT_HEADER_ONLY
#define TPU_CONVERT_INLINE inline
#else
#define TPU_CONVERT_INLINE
#endif

// Before a function whose loops g++ shall vectorise for each generation of processors (clang 16 names clones apart).
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) && defined(__ELF__)
#define TPU_CONVERT_SIMD __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define TPU_CONVERT_SIMD
#endif

// On a hot loop: compiled for AVX2 too and chosen at start, with the same results (no fused multiply-add).
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__)
#define TPU_CONVERT_WIDE [[gnu::target_clones("avx2", "default")]]
#else
#define TPU_CONVERT_WIDE
#endif
