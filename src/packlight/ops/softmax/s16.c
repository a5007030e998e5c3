// SPDX-License-Identifier: Apache-2.0
#include "pl_requantize.h"
#include "pl_table.h"
#include "softmax/kernel.h"

void pl_softmax_s16(const void *args) {
  const pl_softmax_s16_args *a = args;
  const pl_softmax_s16_params *p = &a->params;
  const pl_activation range = {INT16_MIN, INT16_MAX}, positive = {0, INT16_MAX};
  const int16_t *input = a->input;
  int16_t *output = a->output;
  for (int32_t row = 0; row < p->rows; ++row, input += p->depth, output += p->depth) {
    int32_t max = INT16_MIN;
    for (int32_t c = 0; c < p->depth; ++c) {
      max = input[c] > max ? input[c] : max;
    }
    uint32_t sum = 0;  // 16 integer bits, 15 fractional ones
    for (int32_t c = 0; c < p->depth; ++c) {
      const int32_t scaled = pl_requantize(input[c] - max, p->multiplier, p->shift);
      const int32_t exponential = pl_table_s16(a->exponentials, pl_clamp(scaled + INT16_MAX, range));
      sum += (uint32_t)exponential;
      output[c] = (int16_t)exponential;
    }
    int32_t bits = 30;  // below the highest one of the sum
    for (; !(sum & 0x40000000u); sum <<= 1) {
      --bits;
    }
    const int32_t above_one = (int32_t)((sum + (1u << 13)) >> 14) - (1 << 16);
    const int32_t factor = pl_table_s16(a->reciprocals, pl_clamp(above_one + INT16_MIN, range));
    for (int32_t c = 0; c < p->depth; ++c) {
      output[c] = (int16_t)pl_clamp((output[c] * factor + (1 << (bits - 1))) >> bits, positive);
    }
  }
}
