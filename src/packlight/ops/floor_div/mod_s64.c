// SPDX-License-Identifier: Apache-2.0
#include "floor_div/kernel.h"

void pl_floor_div_mod_s64(const void *args) {
  const pl_floor_div_args *a = args;
  const int64_t *input1 = a->input1, *input2 = a->input2;
  int64_t *output = a->output;
  PL_EACH_PAIR(a, i, j) {
    const int64_t y = input2[j];
    int64_t rest = y == 0 || y == -1 ? 0 : input1[i] % y;
    if (rest != 0 && (rest ^ y) < 0) {
      rest += y;
    }
    *output++ = rest;
  }
}
