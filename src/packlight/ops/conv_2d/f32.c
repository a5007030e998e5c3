// SPDX-License-Identifier: Apache-2.0
#include "conv_2d/kernel.h"

// The sum of one output element over the part of the window that lies inside the input.
static float conv_2d_f32_sum(const pl_conv_2d_geometry *g, const float *input, const float *filter, int32_t y0, int32_t x0) {
  float acc = 0.0f;
  for (int32_t ky = 0; ky < g->filter_h; ++ky) {
    const int32_t y = y0 + ky * g->dilation.h;
    for (int32_t kx = 0; kx < g->filter_w; ++kx, filter += g->filter_c) {
      const int32_t x = x0 + kx * g->dilation.w;
      if (y < 0 || y >= g->input_h || x < 0 || x >= g->input_w) {
        continue;
      }
      const float *pixel = input + (y * g->input_w + x) * g->input_c;
      for (int32_t c = 0; c < g->filter_c; ++c) {
        acc += filter[c] * pixel[c];
      }
    }
  }
  return acc;
}

void pl_conv_2d_f32(const void *args) {
  const pl_conv_2d_f32_args *a = args;
  const pl_conv_2d_geometry *g = &a->params.geometry;
  const int32_t filter_size = g->filter_h * g->filter_w * g->filter_c;
  const float *input = a->input;
  float *output = a->output;
  for (int32_t batch = 0; batch < g->batches; ++batch, input += g->input_h * g->input_w * g->input_c) {
    for (int32_t y = 0; y < g->output_h; ++y) {
      for (int32_t x = 0; x < g->output_w; ++x) {
        const int32_t y0 = y * g->stride.h - g->padding.h;
        const int32_t x0 = x * g->stride.w - g->padding.w;
        const float *group = input;
        for (int32_t c = 0, left = g->group_c; c < g->output_c; ++c, --left) {
          if (left == 0) {
            left = g->group_c;
            group += g->filter_c;
          }
          const float acc = conv_2d_f32_sum(g, group, a->filter + c * filter_size, y0, x0);
          *output++ = pl_clamp_f32(acc + (a->bias ? a->bias[c] : 0.0f), a->params.activation);
        }
      }
    }
  }
}
