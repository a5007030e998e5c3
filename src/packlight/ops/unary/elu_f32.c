// SPDX-License-Identifier: Apache-2.0
#include "pl_expm1f.h"
#include "unary/each.h"

static inline float unary_elu_f32_of(float x) {
  return x < 0.0f ? pl_expm1f(x) : x;
}

void pl_unary_elu_f32(const void *args) {
  pl_unary_each(args, unary_elu_f32_of);
}
