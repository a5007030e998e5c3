// SPDX-License-Identifier: Apache-2.0
#include "pl_rintf.h"
#include "unary/each.h"

static inline float unary_ceil_f32_of(float x) {
  const float near = pl_rintf(x);
  return near < x ? near + 1.0f : near;
}

void pl_unary_ceil_f32(const void *args) {
  pl_unary_each(args, unary_ceil_f32_of);
}
