// SPDX-License-Identifier: Apache-2.0
#include "mul/kernel.h"
#include "pl_requantize.h"

void pl_mul_s8(const void *args) {
  const pl_mul_s8_args *a = args;
  const pl_mul_s8_params *p = &a->params;
  int8_t *output = a->output;
  pl_broadcast_walk at;
  pl_broadcast_start(&at, &p->rows, a->dims);
  do {
    const int8_t *input1 = a->input1 + at.input1;
    const int8_t *input2 = a->input2 + at.input2;
    for (int32_t left = p->rows.length; left > 0; --left) {
      const int32_t product = (*input1 + p->input1_offset) * (*input2 + p->input2_offset);
      const int32_t result = pl_requantize(product, p->multiplier, p->shift) + p->output_offset;
      *output++ = (int8_t)pl_clamp(result, p->activation);
      input1 += p->rows.step1;
      input2 += p->rows.step2;
    }
  } while (pl_broadcast_next(&at, &p->rows, a->dims));
}
