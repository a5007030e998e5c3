// SPDX-License-Identifier: Apache-2.0
#include "conv_2d/kernel.h"
#include "pl_requantize.h"

// The sum of one output element over the part of the window that lies inside the input.
static int64_t conv_2d_s16_sum(const pl_conv_2d_geometry *g, const int16_t *input, const int8_t *filter, int32_t y0, int32_t x0) {
  int64_t acc = 0;
  for (int32_t ky = 0; ky < g->filter_h; ++ky) {
    const int32_t y = y0 + ky * g->dilation.h;
    for (int32_t kx = 0; kx < g->filter_w; ++kx, filter += g->filter_c) {
      const int32_t x = x0 + kx * g->dilation.w;
      if (y < 0 || y >= g->input_h || x < 0 || x >= g->input_w) {
        continue;
      }
      const int16_t *pixel = input + (y * g->input_w + x) * g->input_c;
      for (int32_t c = 0; c < g->filter_c; ++c) {
        acc += filter[c] * pixel[c];
      }
    }
  }
  return acc;
}

void pl_conv_2d_s16(const void *args) {
  const pl_conv_2d_s16_args *a = args;
  const pl_conv_2d_geometry *g = &a->params.geometry;
  const int32_t filter_size = g->filter_h * g->filter_w * g->filter_c;
  const int16_t *input = a->input;
  int16_t *output = a->output;
  for (int32_t batch = 0; batch < g->batches; ++batch, input += g->input_h * g->input_w * g->input_c) {
    for (int32_t y = 0; y < g->output_h; ++y) {
      for (int32_t x = 0; x < g->output_w; ++x) {
        const int32_t y0 = y * g->stride.h - g->padding.h;
        const int32_t x0 = x * g->stride.w - g->padding.w;
        for (int32_t c = 0; c < g->output_c; ++c) {
          const int16_t *group = input + c / g->group_c * g->filter_c;
          const int64_t acc = conv_2d_s16_sum(g, group, a->filter + c * filter_size, y0, x0) + (a->bias ? a->bias[c] : 0);
          const int32_t scaled = pl_requantize_wide(acc, a->multiplier[c], a->shift[c]);
          *output++ = (int16_t)pl_clamp(scaled, a->params.activation);
        }
      }
    }
  }
}
