// SPDX-License-Identifier: Apache-2.0
#include "svdf/kernel.h"

void pl_svdf_f32(const void *args) {
  const pl_svdf_f32_args *a = args;
  const pl_svdf_sizes *p = &a->params.sizes;
  const float *input = a->input;
  float *state = a->activation_state;
  float *output = a->output;
  for (int32_t batch = 0; batch < p->batches; ++batch, input += p->inputs) {
    const float *feature = a->weights_feature;
    const float *time = a->weights_time;
    for (int32_t unit = 0; unit < p->units; ++unit) {
      float sum = a->bias ? a->bias[unit] : 0.0f;
      for (int32_t filter = 0; filter < p->rank; ++filter) {
        float dot = 0.0f, remembered = 0.0f;
        for (int32_t i = 0; i < p->inputs; ++i) {
          dot += *feature++ * input[i];
        }
        for (int32_t left = p->memory - 1; left >= 0; --left, ++state) {
          *state = left ? state[1] : dot;
          remembered += *time++ * *state;
        }
        sum += remembered;
      }
      *output++ = pl_clamp_f32(sum, a->params.activation);
    }
  }
}
