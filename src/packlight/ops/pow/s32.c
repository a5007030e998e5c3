// SPDX-License-Identifier: Apache-2.0
#include "pow/kernel.h"

// x^n, which wraps around; for a negative n what is left of it without its fraction: 1 / (x * x * ...).
static int32_t pow_s32_power(int32_t x, int32_t n) {
  if (n < 0 && x != 1 && x != -1) {
    return 0;
  }
  uint32_t square = (uint32_t)x, power = 1;
  for (uint32_t bits = (uint32_t)n; bits != 0; bits >>= 1) {
    power *= bits & 1 ? square : 1;
    square *= square;
  }
  return (int32_t)power;
}

void pl_pow_s32(const void *args) {
  const pl_pow_args *a = args;
  const int32_t *input1 = a->input1, *input2 = a->input2;
  int32_t *output = a->output;
  PL_EACH_PAIR(a, i, j) {
    *output++ = pow_s32_power(input1[i], input2[j]);
  }
}
