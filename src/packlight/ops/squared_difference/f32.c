// SPDX-License-Identifier: Apache-2.0
#include "squared_difference/kernel.h"

void pl_squared_difference_f32(const void *args) {
  const pl_squared_difference_args *a = args;
  const float *input1 = a->input1, *input2 = a->input2;
  float *output = a->output;
  PL_EACH_PAIR(a, i, j) {
    const float difference = input1[i] - input2[j];
    *output++ = difference * difference;
  }
}
