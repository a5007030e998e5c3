// SPDX-License-Identifier: Apache-2.0
#include "div/kernel.h"
#include "pl_divide.h"

void pl_div_s32(const void *args) {
  const pl_div_s32_args *a = args;
  int32_t *output = a->output;
  PL_EACH_PAIR(a, i, j) {
    *output++ = pl_clamp(pl_quotient(a->input1[i], a->input2[j]), a->params.activation);
  }
}
