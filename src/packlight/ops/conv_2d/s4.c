// SPDX-License-Identifier: Apache-2.0
#include "conv_2d/kernel.h"
#include "pl_nibble.h"
#include "pl_requantize.h"

// The sum of one output element over the part of the window that lies inside the input; `weight`: index of the first.
static int32_t conv_2d_s4_sum(const pl_conv_2d_s4_args *a, const int8_t *input, int32_t weight, int32_t y0, int32_t x0) {
  const pl_conv_2d_geometry *g = &a->params.geometry;
  int32_t acc = 0;
  for (int32_t ky = 0; ky < g->filter_h; ++ky) {
    const int32_t y = y0 + ky * g->dilation.h;
    for (int32_t kx = 0; kx < g->filter_w; ++kx, weight += g->filter_c) {
      const int32_t x = x0 + kx * g->dilation.w;
      if (y < 0 || y >= g->input_h || x < 0 || x >= g->input_w) {
        continue;
      }
      const int8_t *pixel = input + (y * g->input_w + x) * g->input_c;
      for (int32_t c = 0; c < g->filter_c; ++c) {
        acc += pl_nibble(a->filter, weight + c) * (pixel[c] + a->params.input_offset);
      }
    }
  }
  return acc;
}

void pl_conv_2d_s4(const void *args) {
  const pl_conv_2d_s4_args *a = args;
  const pl_conv_2d_s8_params *p = &a->params;
  const pl_conv_2d_geometry *g = &p->geometry;
  const int32_t filter_size = g->filter_h * g->filter_w * g->filter_c;
  const int8_t *input = a->input;
  int8_t *output = a->output;
  for (int32_t batch = 0; batch < g->batches; ++batch, input += g->input_h * g->input_w * g->input_c) {
    for (int32_t y = 0; y < g->output_h; ++y) {
      for (int32_t x = 0; x < g->output_w; ++x) {
        const int32_t y0 = y * g->stride.h - g->padding.h;
        const int32_t x0 = x * g->stride.w - g->padding.w;
        for (int32_t c = 0; c < g->output_c; ++c) {
          const int8_t *group = input + c / g->group_c * g->filter_c;
          const int32_t acc = conv_2d_s4_sum(a, group, c * filter_size, y0, x0) + (a->bias ? a->bias[c] : 0);
          const int32_t scaled = pl_requantize(acc, a->multiplier[c], a->shift[c]) + p->output_offset;
          *output++ = (int8_t)pl_clamp(scaled, p->activation);
        }
      }
    }
  }
}
