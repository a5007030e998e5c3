// SPDX-License-Identifier: Apache-2.0
#include "mul/kernel.h"

void pl_mul_s64(const void *args) {
  const pl_mul_s64_args *a = args;
  int64_t *output = a->output;
  PL_EACH_PAIR(a, i, j) {
    const uint64_t product = (uint64_t)a->input1[i] * (uint64_t)a->input2[j];
    *output++ = pl_clamp_s64((int64_t)product, a->params.activation);
  }
}
