// SPDX-License-Identifier: Apache-2.0
#include "minmax/kernel.h"

void pl_minmax_s64(const void *args) {
  const pl_minmax_args *a = args;
  const int64_t *input1 = a->input1, *input2 = a->input2;
  int64_t *output = a->output;
  PL_EACH_PAIR(a, i, j) {
    const int64_t x = input1[i], y = input2[j];
    *output++ = (a->params.greatest ? x > y : x < y) ? x : y;
  }
}
