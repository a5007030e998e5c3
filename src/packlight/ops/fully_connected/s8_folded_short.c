// SPDX-License-Identifier: Apache-2.0
#include "fully_connected/s8_folded.h"
#include "fully_connected/s8_scale.h"

void pl_fully_connected_s8_folded_short(const void *args) {
  const pl_fully_connected_s8_folded_short_args *a = args;
  const pl_fully_connected_s8_folded_short_params *p = &a->params;
  const fully_connected_s8_scale_output ends = fully_connected_s8_scale_ends(p->least, p->output_zero_point);
  const int8_t *input = a->input;
  int8_t *output = a->output;
  fully_connected_s8_scale s = {0, 0, 0, 0, 0, 0, 0};  // unfolded once where it serves all units
  for (int32_t batch = 0; batch < p->batches; ++batch, input += p->depth) {
    const int8_t *filter = a->filter;
    const int32_t *scale = a->scale;
    for (int32_t unit = 0; unit < p->units; ++unit, filter += p->depth) {
      const int32_t sum = fully_connected_s8_folded_sum(input, filter, p->depth, a->bias[unit]);
      if (unit == 0 || p->scale_step) {
        s = fully_connected_s8_scale_unfold(scale, ends.one);
        scale += p->scale_step;
      }
      *output++ = fully_connected_s8_scale_of(&s, sum, ends.zero);
    }
  }
}
