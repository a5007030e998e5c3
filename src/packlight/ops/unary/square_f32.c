// SPDX-License-Identifier: Apache-2.0
#include "unary/each.h"

static inline float unary_square_f32_of(float x) {
  return x * x;
}

void pl_unary_square_f32(const void *args) {
  pl_unary_each(args, unary_square_f32_of);
}
