// SPDX-License-Identifier: Apache-2.0
#include "add/kernel.h"
#include "pl_element.h"
#include "pl_requantize.h"

// An input's element on the scale that both inputs share, with more bits.
static int32_t add_q_scaled(int32_t value, const pl_add_scale *scale, int32_t left_shift) {
  return pl_requantize((value + scale->offset) * (1 << left_shift), scale->multiplier, scale->shift);
}

void pl_add_q(const void *args) {
  const pl_add_q_args *a = args;
  const pl_add_q_params *p = &a->params;
  int32_t at_output = 0;
  PL_EACH_PAIR(a, i, j) {
    const int32_t first = add_q_scaled(pl_load(a->input1, i, p->type), &p->input1, p->left_shift);
    const int32_t second = add_q_scaled(pl_load(a->input2, j, p->type), &p->input2, p->left_shift);
    const int32_t sum = first + p->sign * second;
    const int32_t result = pl_requantize(sum, p->output.multiplier, p->output.shift) + p->output.offset;
    pl_store(a->output, at_output++, p->type, pl_clamp(result, p->activation));
  }
}
