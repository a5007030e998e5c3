// SPDX-License-Identifier: Apache-2.0
#include "prelu/kernel.h"

void pl_prelu_f32(const void *args) {
  const pl_prelu_f32_args *a = args;
  float *output = a->output;
  PL_EACH_PAIR(a, i, j) {
    const float x = a->input1[i];
    *output++ = x >= 0.0f ? x : x * a->input2[j];
  }
}
