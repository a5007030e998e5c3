// SPDX-License-Identifier: Apache-2.0
#include "pl_float.h"
#include "unary/each.h"

static inline float unary_abs_f32_of(float x) {
  return pl_absf(x);
}

void pl_unary_abs_f32(const void *args) {
  pl_unary_each(args, unary_abs_f32_of);
}
