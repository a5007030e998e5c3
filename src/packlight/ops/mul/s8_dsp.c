// SPDX-License-Identifier: Apache-2.0
#include "mul/kernel.h"
#include "pl_clamp_dsp.h"

void pl_mul_s8_dsp(const void *args) {
  const pl_mul_s8_dsp_args *a = args;
  const pl_mul_s8_params *p = &a->params;
  const int32_t offset1 = 2 * p->input1_offset, offset2 = p->input2_offset;
  const int32_t multiplier = p->multiplier, shift = p->shift;
  const int32_t rounding = p->output_offset * (1 << shift) + (1 << (shift - 1));
  int8_t *output = a->output;
  pl_broadcast_walk at;
  pl_broadcast_start(&at, &p->rows, a->dims);
  do {
    const int8_t *input1 = a->input1 + at.input1;
    const int8_t *input2 = a->input2 + at.input2;
    for (int32_t left = p->rows.length; left > 0; --left, input1 += p->rows.step1, input2 += p->rows.step2) {
      const int32_t product = (2 * *input1 + offset1) * (*input2 + offset2);  // twice what it is
      int32_t result = rounding + (product >> 31);
      __asm__("smmlar %0, %1, %2, %0" : "+r"(result) : "r"(product), "r"(multiplier));
      result >>= shift;
      __asm__("ssat %0, #8, %0" : "+r"(result));
      *output++ = (int8_t)result;
    }
  } while (pl_broadcast_next(&at, &p->rows, a->dims));
  pl_clamp_dsp(a->output, (int32_t)(output - a->output), p->activation);
}
