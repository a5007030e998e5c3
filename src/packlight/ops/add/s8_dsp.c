// SPDX-License-Identifier: Apache-2.0
#include "add/kernel.h"
#include "pl_clamp_dsp.h"

// (x1 * factor1 + x2 * factor2 + addend) >> 22, saturated to int8.
static inline int8_t add_s8_dsp_one(const pl_add_s8_dsp_params *p, int32_t x1, int32_t x2) {
  int32_t sum = x1 * p->factor1 + p->addend;
  sum += x2 * p->factor2;
  __asm__("ssat %0, #8, %0, asr #22" : "+r"(sum));
  return (int8_t)sum;
}

void pl_add_s8_dsp(const void *args) {
  const pl_add_s8_dsp_args *a = args;
  const pl_add_s8_dsp_params p = a->params;
  const int8_t *input1 = a->input1;
  const int8_t *input2 = a->input2;
  int8_t *output = a->output;
  int32_t left = p.length;
  for (; left >= 4; left -= 4, input1 += 4, input2 += 4, output += 4) {
    output[0] = add_s8_dsp_one(&p, input1[0], input2[0]);
    output[1] = add_s8_dsp_one(&p, input1[1], input2[1]);
    output[2] = add_s8_dsp_one(&p, input1[2], input2[2]);
    output[3] = add_s8_dsp_one(&p, input1[3], input2[3]);
  }
  for (; left > 0; --left) {
    *output++ = add_s8_dsp_one(&p, *input1++, *input2++);
  }
  pl_clamp_dsp(a->output, p.length, p.activation);
}
