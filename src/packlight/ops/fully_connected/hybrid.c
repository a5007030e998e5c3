// SPDX-License-Identifier: Apache-2.0
#include "fully_connected/kernel.h"
#include "pl_dynamic.h"

void pl_fully_connected_hybrid(const void *args) {
  const pl_fully_connected_hybrid_args *a = args;
  const pl_fully_connected_hybrid_params *p = &a->params;
  const float *input = a->input;
  float *output = a->output;
  for (int32_t batch = 0; batch < p->batches; ++batch, input += p->depth) {
    const pl_dynamic row = pl_quantize_dynamic(input, p->depth, p->asymmetric, a->scratch);
    for (int32_t unit = 0; unit < p->units; ++unit) {
      int32_t acc = 0;
      for (int32_t i = 0; i < p->depth; ++i) {
        acc += pl_weight(a->filter, unit * p->depth + i, p->are_nibbles) * (a->scratch[i] - row.zero_point);
      }
      const float scaled = (float)acc * (row.scale * a->scale[p->per_channel ? unit : 0]);
      *output++ = pl_clamp_f32((a->bias ? a->bias[unit] : 0.0f) + scaled, p->activation);
    }
  }
}
