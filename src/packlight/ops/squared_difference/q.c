// SPDX-License-Identifier: Apache-2.0
#include "pl_element.h"
#include "pl_requantize.h"
#include "squared_difference/kernel.h"

// The element `index` of an input on the scale that both inputs share, with more bits.
static int32_t squared_difference_q_scaled(const void *input, int32_t index, const pl_squared_difference_q_params *p,
                                           const pl_squared_difference_scale *scale) {
  const int32_t value = pl_load(input, index, p->type) + scale->offset;
  return pl_requantize(value * (1 << p->left_shift), scale->multiplier, scale->shift);
}

void pl_squared_difference_q(const void *args) {
  const pl_squared_difference_q_args *a = args;
  const pl_squared_difference_q_params *p = &a->params;
  int32_t at_output = 0;
  PL_EACH_PAIR(a, i, j) {
    const int32_t difference = squared_difference_q_scaled(a->input1, i, p, &p->input1) -
                               squared_difference_q_scaled(a->input2, j, p, &p->input2);
    const int32_t result = pl_requantize(difference * difference, p->output.multiplier, p->output.shift);
    pl_store(a->output, at_output++, p->type, pl_clamp(result + p->output.offset, p->range));
  }
}
