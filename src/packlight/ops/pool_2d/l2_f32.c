// SPDX-License-Identifier: Apache-2.0
#include "pl_sqrtf.h"
#include "pool_2d/window.h"

void pl_pool_2d_l2_f32(const void *args) {
  const pl_pool_2d_l2_f32_args *a = args;
  const pl_pool_2d_geometry *g = &a->params.geometry;
  const float *input = a->input;
  float *output = a->output;
  for (int32_t batch = 0; batch < g->batches; ++batch, input += g->input_h * g->input_w * g->channels) {
    for (int32_t y = 0; y < g->output_h; ++y) {
      for (int32_t x = 0; x < g->output_w; ++x) {
        const pl_pool_2d_window w = pl_pool_2d_window_of(g, y, x);
        for (int32_t c = 0; c < g->channels; ++c) {
          float acc = 0.0f;
          for (int32_t iy = w.top; iy < w.bottom; ++iy) {
            for (int32_t ix = w.left; ix < w.right; ++ix) {
              const float value = input[(iy * g->input_w + ix) * g->channels + c];
              acc += value * value;
            }
          }
          const float count = (float)((w.bottom - w.top) * (w.right - w.left));
          *output++ = pl_clamp_f32(pl_sqrtf(acc / count), a->params.activation);
        }
      }
    }
  }
}
