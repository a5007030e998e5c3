// SPDX-License-Identifier: Apache-2.0
#include "fully_connected/s8_thumb_run.h"

void pl_fully_connected_s8_thumb_run(const pl_fully_connected_s8_thumb_args *a,
                                     fully_connected_s8_thumb_outputs *outputs) {
  const pl_fully_connected_s8_thumb_params *p = &a->params;
  const int8_t *input = a->input;
  int8_t *output = a->output;
  for (int32_t batch = 0; batch < p->batches; ++batch, input += p->depth) {
    const uint32_t total = fully_connected_s8_thumb_bytes(a->scratch, input, p->depth);
    const uint8_t *filter = a->filter;
    for (int32_t unit = 0, rows = 0; unit < p->units; unit += rows) {
      const int32_t left = p->units - unit;
      rows = left >= 8 ? 8 : left >= 4 ? 4 : 1;
      uint32_t sums[8];
      for (int32_t i = 0; i < rows; ++i) {
        sums[i] = (uint32_t)a->bias[unit + i] - 128U * total;
      }
      (rows == 8   ? fully_connected_s8_thumb_dots_8
       : rows == 4 ? fully_connected_s8_thumb_dots_4
                   : fully_connected_s8_thumb_dots_1)(filter, a->scratch, p->depth, sums);
      filter += rows * p->depth;
      outputs(a, unit, rows, sums, output);
      output += rows;
    }
  }
}
