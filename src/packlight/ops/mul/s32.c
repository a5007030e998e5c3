// SPDX-License-Identifier: Apache-2.0
#include "mul/kernel.h"

void pl_mul_s32(const void *args) {
  const pl_mul_s32_args *a = args;
  int32_t *output = a->output;
  PL_EACH_PAIR(a, i, j) {
    const uint32_t product = (uint32_t)a->input1[i] * (uint32_t)a->input2[j];
    *output++ = pl_clamp((int32_t)product, a->params.activation);
  }
}
