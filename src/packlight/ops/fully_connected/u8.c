// SPDX-License-Identifier: Apache-2.0
#include "fully_connected/kernel.h"
#include "pl_requantize.h"

void pl_fully_connected_u8(const void *args) {
  const pl_fully_connected_u8_args *a = args;
  const pl_fully_connected_u8_params *p = &a->params;
  const uint8_t *input = a->input;
  uint8_t *output = a->output;
  for (int32_t batch = 0; batch < p->batches; ++batch, input += p->depth) {
    const uint8_t *filter = a->filter;
    for (int32_t unit = 0; unit < p->units; ++unit) {
      int32_t acc = a->bias ? a->bias[unit] : 0;
      for (int32_t i = 0; i < p->depth; ++i) {
        acc += (*filter++ + p->filter_offset) * (input[i] + p->input_offset);
      }
      const int32_t scaled = pl_requantize_once(acc, a->multiplier[0], a->shift[0]) + p->output_offset;
      *output++ = (uint8_t)pl_clamp(scaled, p->activation);
    }
  }
}
