// SPDX-License-Identifier: Apache-2.0
#include "signal_overlap_add/kernel.h"

void pl_signal_overlap_add_s16(const void *args) {
  const pl_signal_overlap_add_s16_args *a = args;
  const pl_signal_overlap_add_params *p = &a->params;
  const pl_activation range = {INT16_MIN, INT16_MAX};
  const int32_t overlap = p->size - p->step;
  const int16_t *input = a->input;
  int16_t *output = a->output;
  int16_t *rest = a->rest;
  for (int32_t row = p->rows; row > 0; --row) {
    for (int32_t frame = p->frames; frame > 0; --frame) {
      for (int32_t i = 0; i < p->size; ++i) {
        const int32_t sum = *input++ + (i < overlap ? rest[i] : 0);
        *(i < p->step ? output++ : &rest[i - p->step]) = (int16_t)pl_clamp(sum, range);
      }
    }
    rest += overlap;
  }
}
