// SPDX-License-Identifier: Apache-2.0
#include "unary/each.h"

static inline float unary_neg_f32_of(float x) {
  return -x;
}

void pl_unary_neg_f32(const void *args) {
  pl_unary_each(args, unary_neg_f32_of);
}
