// SPDX-License-Identifier: Apache-2.0
#include "add/kernel.h"
#include "pl_requantize.h"

// An input's element on the scale that both inputs share, with 20 more bits.
static int32_t add_s8_scaled(int32_t value, const pl_add_scale *scale) {
  return pl_requantize((value + scale->offset) * (1 << 20), scale->multiplier, scale->shift);
}

void pl_add_s8(const void *args) {
  const pl_add_s8_args *a = args;
  const pl_add_s8_params *p = &a->params;
  int8_t *output = a->output;
  pl_broadcast_walk at;
  pl_broadcast_start(&at, &p->rows, a->dims);
  do {
    const int8_t *input1 = a->input1 + at.input1;
    const int8_t *input2 = a->input2 + at.input2;
    for (int32_t left = p->rows.length; left > 0; --left) {
      const int32_t sum = add_s8_scaled(*input1, &p->input1) + add_s8_scaled(*input2, &p->input2);
      const int32_t result = pl_requantize(sum, p->output.multiplier, p->output.shift) + p->output.offset;
      *output++ = (int8_t)pl_clamp(result, p->activation);
      input1 += p->rows.step1;
      input2 += p->rows.step2;
    }
  } while (pl_broadcast_next(&at, &p->rows, a->dims));
}
