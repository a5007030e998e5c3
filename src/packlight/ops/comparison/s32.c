// SPDX-License-Identifier: Apache-2.0
#include "comparison/kernel.h"

void pl_comparison_s32(const void *args) {
  const pl_comparison_args *a = args;
  const int32_t *input1 = a->input1, *input2 = a->input2;
  uint8_t *output = a->output;
  PL_EACH_PAIR(a, i, j) {
    const int32_t x = input1[i], y = input2[j];
    *output++ = a->params.holds >> PL_COMPARISON_RELATION(x, y) & 1;
  }
}
