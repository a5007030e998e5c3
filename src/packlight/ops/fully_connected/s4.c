// SPDX-License-Identifier: Apache-2.0
#include "fully_connected/kernel.h"
#include "pl_nibble.h"
#include "pl_requantize.h"

void pl_fully_connected_s4(const void *args) {
  const pl_fully_connected_s4_args *a = args;
  const pl_fully_connected_s8_params *p = &a->params;
  const int8_t *input = a->input;
  int8_t *output = a->output;
  for (int32_t batch = 0; batch < p->batches; ++batch, input += p->depth) {
    for (int32_t unit = 0; unit < p->units; ++unit) {
      int32_t acc = a->bias ? a->bias[unit] : 0;
      for (int32_t i = 0; i < p->depth; ++i) {
        acc += pl_nibble(a->filter, unit * p->depth + i) * (input[i] + p->input_offset);
      }
      const int32_t scaled = p->per_channel ? pl_requantize_once(acc, a->multiplier[unit], a->shift[unit])
                                            : pl_requantize(acc, a->multiplier[0], a->shift[0]);
      *output++ = (int8_t)pl_clamp(scaled + p->output_offset, p->activation);
    }
  }
}
