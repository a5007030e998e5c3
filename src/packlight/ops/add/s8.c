// SPDX-License-Identifier: Apache-2.0
#include "add/kernel.h"
#include "pl_requantize.h"

// An input's element on the scale that both inputs share, with 20 more bits.
static int32_t scaled(int32_t value, const pl_add_scale *scale) {
  return pl_requantize((value + scale->offset) * (1 << 20), scale->multiplier, scale->shift);
}

void pl_add_s8(const void *args) {
  const pl_add_s8_args *a = args;
  const pl_add_s8_params *p = &a->params;
  int8_t *output = a->output;
  for (int32_t row = 0; row < p->rows.rows; ++row) {
    const pl_broadcast_start start = pl_broadcast_row(a->dims, row);
    const int8_t *input1 = a->input1 + start.input1;
    const int8_t *input2 = a->input2 + start.input2;
    for (int32_t left = p->rows.length; left > 0; --left) {
      const int32_t sum = scaled(*input1, &p->input1) + scaled(*input2, &p->input2);
      const int32_t result = pl_requantize(sum, p->output.multiplier, p->output.shift) + p->output.offset;
      *output++ = (int8_t)pl_clamp(result, p->activation);
      input1 += p->rows.step1;
      input2 += p->rows.step2;
    }
  }
}
