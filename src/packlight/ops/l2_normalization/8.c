// SPDX-License-Identifier: Apache-2.0
#include "l2_normalization/kernel.h"
#include "pl_inverse_root.h"
#include "pl_requantize.h"

void pl_l2_normalization_8(const void *args) {
  const pl_l2_normalization_8_args *a = args;
  const pl_l2_normalization_8_params *p = &a->params;
  const pl_activation range = {INT8_MIN, INT8_MAX};
  const int8_t *input = a->input;
  int8_t *output = a->output;
  for (int32_t row = 0; row < p->rows; ++row, input += p->depth, output += p->depth) {
    int32_t sum = 0;
    for (int32_t c = 0; c < p->depth; ++c) {
      const int32_t x = (int8_t)(input[c] ^ p->flip) + p->input_offset;
      sum += x * x;
    }
    const pl_inverse root = pl_inverse_root(sum);
    for (int32_t c = 0; c < p->depth; ++c) {
      const int32_t x = (int8_t)(input[c] ^ p->flip) + p->input_offset;
      const int32_t result = pl_clamp(pl_requantize(x * p->factor, root.multiplier, root.shift + p->shift), range);
      output[c] = (int8_t)(result ^ p->flip);
    }
  }
}
