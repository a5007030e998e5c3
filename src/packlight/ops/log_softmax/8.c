// SPDX-License-Identifier: Apache-2.0
#include "log_softmax/kernel.h"
#include "pl_fixed.h"
#include "pl_fixed_log.h"
#include "pl_requantize.h"

void pl_log_softmax_8(const void *args) {
  const pl_log_softmax_8_args *a = args;
  const pl_log_softmax_8_params *p = &a->params;
  const pl_activation range = {INT8_MIN, INT8_MAX};
  const int8_t *input = a->input;
  int8_t *output = a->output;
  for (int32_t row = 0; row < p->rows; ++row, input += p->depth, output += p->depth) {
    int32_t max = INT8_MIN;
    for (int32_t c = 0; c < p->depth; ++c) {
      const int32_t value = (int8_t)(input[c] ^ p->flip);
      max = value > max ? value : max;
    }
    int32_t sum = 0;  // 12 integer bits, 19 fractional ones
    for (int32_t c = 0; c < p->depth; ++c) {
      const int32_t difference = (int8_t)(input[c] ^ p->flip) - max;
      if (difference >= p->diff_min) {
        sum += pl_rounding_shift(pl_exp_negative(pl_requantize(difference, p->multiplier, p->shift)), 12);
      }
    }
    const int32_t log_sum = pl_fixed_log(sum);
    const int32_t lowest = pl_requantize(log_sum + INT32_MIN, p->reverse_multiplier, p->reverse_shift);
    for (int32_t c = 0; c < p->depth; ++c) {
      const int32_t difference = (int8_t)(input[c] ^ p->flip) - max;
      int32_t result = INT8_MIN;
      if (difference >= p->diff_min && difference > lowest) {
        const int32_t real = pl_requantize(difference, p->multiplier, p->shift) - log_sum;
        result = pl_clamp(pl_rounding_shift(real, 22) + INT8_MAX, range);
      }
      output[c] = (int8_t)(result ^ p->flip);
    }
  }
}
