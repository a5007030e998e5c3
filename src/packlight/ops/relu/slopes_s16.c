// SPDX-License-Identifier: Apache-2.0
#include "pl_requantize.h"
#include "relu/kernel.h"

void pl_relu_slopes_s16(const void *args) {
  const pl_relu_slopes_s16_args *a = args;
  const pl_relu_slopes_s16_params *p = &a->params;
  for (int32_t i = 0; i < p->size; ++i) {
    const int32_t x = a->input[i] + p->input_offset;
    const pl_relu_slope *line = x < 0 ? &p->below : &p->above;
    const int32_t y = pl_requantize(x * line->before, line->multiplier, line->shift) * line->after;
    a->output[i] = (int16_t)pl_clamp(y + p->output_offset, p->activation);
  }
}
