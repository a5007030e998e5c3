// SPDX-License-Identifier: Apache-2.0
#include "add/kernel.h"

void pl_add_s32(const void *args) {
  const pl_add_s32_args *a = args;
  const pl_add_s32_params *p = &a->params;
  int32_t *output = a->output;
  PL_EACH_PAIR(a, i, j) {
    const uint32_t sum = (uint32_t)a->input1[i] + (uint32_t)p->sign * (uint32_t)a->input2[j];
    *output++ = pl_clamp((int32_t)sum, p->activation);
  }
}
