// SPDX-License-Identifier: Apache-2.0
#include "pl_sqrtf.h"
#include "unary/each.h"

static inline float unary_rsqrt_f32_of(float x) {
  return 1.0f / pl_sqrtf(x);
}

void pl_unary_rsqrt_f32(const void *args) {
  pl_unary_each(args, unary_rsqrt_f32_of);
}
