// SPDX-License-Identifier: Apache-2.0
#include "add/kernel.h"

void pl_add_f32(const void *args) {
  const pl_add_f32_args *a = args;
  const pl_add_f32_params *p = &a->params;
  float *output = a->output;
  PL_EACH_PAIR(a, i, j) {
    const float x = a->input1[i], y = a->input2[j];
    *output++ = pl_clamp_f32(p->sign < 0 ? x - y : x + y, p->activation);
  }
}
