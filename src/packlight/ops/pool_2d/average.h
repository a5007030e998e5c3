// SPDX-License-Identifier: Apache-2.0
// The kernels of integer means: the including file defines ELEMENT.
#include "pool_2d/window.h"

static inline void pool_2d_average(const void *args) {
  const pl_pool_2d_average_args *a = args;
  const pl_pool_2d_geometry *g = &a->params.geometry;
  const ELEMENT *input = a->input;
  ELEMENT *output = a->output;
  for (int32_t batch = 0; batch < g->batches; ++batch, input += g->input_h * g->input_w * g->channels) {
    for (int32_t y = 0; y < g->output_h; ++y) {
      for (int32_t x = 0; x < g->output_w; ++x) {
        const pl_pool_2d_window w = pl_pool_2d_window_of(g, y, x);
        for (int32_t c = 0; c < g->channels; ++c) {
          int32_t acc = 0;
          for (int32_t iy = w.top; iy < w.bottom; ++iy) {
            for (int32_t ix = w.left; ix < w.right; ++ix) {
              acc += input[(iy * g->input_w + ix) * g->channels + c];
            }
          }
          const int32_t count = (w.bottom - w.top) * (w.right - w.left);
          const int32_t half = acc > 0 ? count / 2 : -(count / 2);  // halves are rounded away from zero
          *output++ = (ELEMENT)pl_clamp((acc + half) / count, a->params.activation);
        }
      }
    }
  }
}
