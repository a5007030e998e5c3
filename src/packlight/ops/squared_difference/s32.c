// SPDX-License-Identifier: Apache-2.0
#include "squared_difference/kernel.h"

void pl_squared_difference_s32(const void *args) {
  const pl_squared_difference_args *a = args;
  const int32_t *input1 = a->input1, *input2 = a->input2;
  int32_t *output = a->output;
  PL_EACH_PAIR(a, i, j) {
    const uint32_t difference = (uint32_t)input1[i] - (uint32_t)input2[j];
    *output++ = (int32_t)(difference * difference);
  }
}
