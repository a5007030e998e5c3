// SPDX-License-Identifier: Apache-2.0
#include "fully_connected/kernel.h"
#include "pl_requantize.h"

void pl_fully_connected_s16(const void *args) {
  const pl_fully_connected_s16_args *a = args;
  const pl_fully_connected_s16_params *p = &a->params;
  const int16_t *input = a->input;
  int16_t *output = a->output;
  for (int32_t batch = 0; batch < p->batches; ++batch, input += p->depth) {
    const int8_t *filter = a->filter;
    for (int32_t unit = 0; unit < p->units; ++unit) {
      int64_t acc = a->bias ? a->bias[unit] : 0;
      for (int32_t i = 0; i < p->depth; ++i) {
        acc += *filter++ * input[i];
      }
      const int32_t channel = p->per_channel ? unit : 0;
      const int32_t scaled = pl_requantize_wide(acc, a->multiplier[channel], a->shift[channel]);
      *output++ = (int16_t)pl_clamp(scaled, p->activation);
    }
  }
}
