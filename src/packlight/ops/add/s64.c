// SPDX-License-Identifier: Apache-2.0
#include "add/kernel.h"

void pl_add_s64(const void *args) {
  const pl_add_s64_args *a = args;
  const pl_add_s64_params *p = &a->params;
  int64_t *output = a->output;
  PL_EACH_PAIR(a, i, j) {
    const uint64_t sum = (uint64_t)a->input1[i] + (uint64_t)p->sign * (uint64_t)a->input2[j];
    *output++ = pl_clamp_s64((int64_t)sum, p->activation);
  }
}
