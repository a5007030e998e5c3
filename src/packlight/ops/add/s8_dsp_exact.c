// SPDX-License-Identifier: Apache-2.0
#include "add/kernel.h"
#include "pl_clamp_dsp.h"

void pl_add_s8_dsp_exact(const void *args) {
  const pl_add_s8_dsp_exact_args *a = args;
  const pl_add_s8_dsp_exact_params p = a->params;
  const int32_t half = (1 << p.shift2) >> 1;
  const int32_t rounding = p.output_offset * (1 << p.shift) + (1 << (p.shift - 1));
  const int8_t *input1 = a->input1;
  const int8_t *input2 = a->input2;
  int8_t *output = a->output;
  for (int32_t left = p.length; left > 0; --left) {
    const int32_t first = *input1++ * (1 << 19) + p.addend1;
    int32_t second = *input2++ * (1 << p.left2) + p.addend2;
    __asm__("smmulr %0, %0, %1" : "+r"(second) : "r"(p.multiplier2));
    second = (second + (half + (second >> 31))) >> p.shift2;
    const int32_t sum = 2 * (first + second);
    int32_t result = rounding + (sum >> 31);
    __asm__("smmlar %0, %1, %2, %0" : "+r"(result) : "r"(sum), "r"(p.multiplier));
    result >>= p.shift;
    __asm__("ssat %0, #8, %0" : "+r"(result));
    *output++ = (int8_t)result;
  }
  pl_clamp_dsp(a->output, p.length, p.activation);
}
