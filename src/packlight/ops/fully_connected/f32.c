// SPDX-License-Identifier: Apache-2.0
#include "fully_connected/kernel.h"

void pl_fully_connected_f32(const void *args) {
  const pl_fully_connected_f32_args *a = args;
  const pl_fully_connected_f32_params *p = &a->params;
  const float *input = a->input;
  float *output = a->output;
  for (int32_t batch = 0; batch < p->batches; ++batch, input += p->depth) {
    const float *filter = a->filter;
    for (int32_t unit = 0; unit < p->units; ++unit) {
      float acc = 0.0f;
      for (int32_t i = 0; i < p->depth; ++i) {
        acc += *filter++ * input[i];
      }
      *output++ = pl_clamp_f32(acc + (a->bias ? a->bias[unit] : 0.0f), p->activation);
    }
  }
}
