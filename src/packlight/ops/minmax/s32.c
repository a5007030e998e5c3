// SPDX-License-Identifier: Apache-2.0
#include "minmax/kernel.h"

void pl_minmax_s32(const void *args) {
  const pl_minmax_args *a = args;
  const int32_t *input1 = a->input1, *input2 = a->input2;
  int32_t *output = a->output;
  PL_EACH_PAIR(a, i, j) {
    const int32_t x = input1[i], y = input2[j];
    *output++ = (a->params.greatest ? x > y : x < y) ? x : y;
  }
}
