// SPDX-License-Identifier: Apache-2.0
#include "fully_connected/kernel.h"
#include "fully_connected/s8_rv32_dots.h"
#include "pl_quad_rv32.h"

// pl_requantize, in one piece: 2^(30 - shift) may be added to products and 2^(-shift - 1) to what they give.
static int32_t fully_connected_s8_rv32_scaled(int32_t sum, int32_t multiplier, int32_t shift) {
  const int32_t left = shift > 0 ? shift : 0, right = left - shift;
  const int32_t product = (int32_t)(((int64_t)(sum * (1 << left)) * multiplier + (1 << 30)) >> 31);
  return right == 0 ? product : (product + (1 << (right - 1)) + (product >> 31)) >> right;
}

void pl_fully_connected_s8_rv32(const void *args) {
  const pl_fully_connected_s8_rv32_args *a = args;
  const pl_fully_connected_s8_params *p = &a->params;
  const int8_t *input = a->input;
  int8_t *output = a->output;
  for (int32_t batch = 0; batch < p->batches; ++batch, input += p->depth) {
    const int8_t *filter = a->filter;
    for (int32_t unit = 0, rows = 0; unit < p->units; unit += rows) {
      const int32_t left = p->units - unit;
      rows = left >= 16 ? 16 : left >= 4 ? 4 : 1;
      int32_t sums[16];
      PL_QUAD_RV32_ROLLED
      for (int32_t i = 0; i < rows; ++i) {
        sums[i] = a->bias[unit + i];
      }
      (rows == 16  ? fully_connected_s8_rv32_dots_16
       : rows == 4 ? fully_connected_s8_rv32_dots_4
                   : fully_connected_s8_rv32_dots_1)(filter, input, p->depth, sums);
      filter += rows * p->depth;
      PL_QUAD_RV32_ROLLED
      for (int32_t i = 0; i < rows; ++i) {
        const int32_t scale = p->per_channel ? unit + i : 0;
        const int32_t scaled = fully_connected_s8_rv32_scaled(sums[i], a->multiplier[scale], a->shift[scale]);
        *output++ = (int8_t)pl_clamp(scaled + p->output_offset, p->activation);
      }
    }
  }
}
