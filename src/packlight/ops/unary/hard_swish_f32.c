// SPDX-License-Identifier: Apache-2.0
#include "unary/each.h"

static inline float unary_hard_swish_f32_of(float x) {
  const float shifted = x + 3.0f;
  const float gate = shifted < 0.0f ? 0.0f : shifted > 6.0f ? 6.0f : shifted;
  return x * gate / 6.0f;
}

void pl_unary_hard_swish_f32(const void *args) {
  pl_unary_each(args, unary_hard_swish_f32_of);
}
