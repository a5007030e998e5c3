// SPDX-License-Identifier: Apache-2.0
#include "pl_powf.h"
#include "pow/kernel.h"

void pl_pow_f32(const void *args) {
  const pl_pow_args *a = args;
  const float *input1 = a->input1, *input2 = a->input2;
  float *output = a->output;
  PL_EACH_PAIR(a, i, j) {
    *output++ = pl_powf(input1[i], input2[j]);
  }
}
