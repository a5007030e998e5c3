// SPDX-License-Identifier: Apache-2.0
#include "signal_overlap_add/kernel.h"

void pl_signal_overlap_add_f32(const void *args) {
  const pl_signal_overlap_add_f32_args *a = args;
  const pl_signal_overlap_add_params *p = &a->params;
  const int32_t overlap = p->size - p->step;
  const float *input = a->input;
  float *output = a->output;
  float *rest = a->rest;
  for (int32_t row = p->rows; row > 0; --row) {
    for (int32_t frame = p->frames; frame > 0; --frame) {
      for (int32_t i = 0; i < p->size; ++i) {
        const float sum = *input++ + (i < overlap ? rest[i] : 0.0f);
        *(i < p->step ? output++ : &rest[i - p->step]) = sum;
      }
    }
    rest += overlap;
  }
}
