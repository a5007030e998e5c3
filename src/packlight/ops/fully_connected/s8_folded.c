// SPDX-License-Identifier: Apache-2.0
#include "fully_connected/s8_folded.h"
#include "pl_requantize.h"

void pl_fully_connected_s8_folded(const void *args) {
  const pl_fully_connected_s8_folded_args *a = args;
  const pl_fully_connected_s8_folded_params *p = &a->params;
  const int8_t *input = a->input;
  int8_t *output = a->output;
  for (int32_t batch = 0; batch < p->batches; ++batch, input += p->depth) {
    const int8_t *filter = a->filter;
    for (int32_t unit = 0; unit < p->units; ++unit, filter += p->depth) {
      const int32_t sum = fully_connected_s8_folded_sum(input, filter, p->depth, a->bias[unit]);
      const int32_t channel = p->per_channel ? unit : 0;
      const int32_t scaled = pl_requantize(sum, a->multiplier[channel], a->shift[channel]) + p->output_offset;
      *output++ = (int8_t)pl_clamp(scaled, p->activation);
    }
  }
}
