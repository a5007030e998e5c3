// SPDX-License-Identifier: Apache-2.0
#include "div/kernel.h"

void pl_div_f32(const void *args) {
  const pl_div_f32_args *a = args;
  float *output = a->output;
  PL_EACH_PAIR(a, i, j) {
    *output++ = pl_clamp_f32(a->input1[i] / a->input2[j], a->params.activation);
  }
}
