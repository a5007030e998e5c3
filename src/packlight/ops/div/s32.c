// SPDX-License-Identifier: Apache-2.0
#include "div/kernel.h"
#include "pl_divide.h"

void pl_div_s32(const void *args) {
  const pl_div_s32_args *a = args;
  int32_t *output = a->output;
  PL_EACH_PAIR(a, i, j) {
    const int32_t x = a->input1[i], y = a->input2[j];
    const int32_t quotient = x == INT32_MIN && y == -1 ? INT32_MAX : pl_quotient(x, y);  // as TFLM's comes out
    *output++ = pl_clamp(quotient, a->params.activation);
  }
}
