// SPDX-License-Identifier: Apache-2.0
#include "relu/kernel.h"

void pl_relu_leaky_f32(const void *args) {
  const pl_relu_leaky_f32_args *a = args;
  for (int32_t i = 0; i < a->params.size; ++i) {
    const float x = a->input[i];
    a->output[i] = x > 0.0f ? x : x * a->params.alpha;
  }
}
