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
