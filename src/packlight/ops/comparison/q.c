// SPDX-License-Identifier: Apache-2.0
#include "comparison/kernel.h"
#include "pl_element.h"
#include "pl_requantize.h"

// The element `index` of an input as a real number, in steps of 2^-8.
static int32_t comparison_q_real(const void *input, int32_t index, int32_t type, const pl_comparison_scale *scale) {
  return pl_requantize((pl_load(input, index, type) + scale->offset) * (1 << 8), scale->multiplier, scale->shift);
}

void pl_comparison_q(const void *args) {
  const pl_comparison_q_args *a = args;
  const pl_comparison_q_params *p = &a->params;
  uint8_t *output = a->output;
  PL_EACH_PAIR(a, i, j) {
    const int32_t x = comparison_q_real(a->input1, i, p->type, &p->input1);
    const int32_t y = comparison_q_real(a->input2, j, p->type, &p->input2);
    *output++ = p->holds >> PL_COMPARISON_RELATION(x, y) & 1;
  }
}
