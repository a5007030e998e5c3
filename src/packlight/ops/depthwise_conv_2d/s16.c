// SPDX-License-Identifier: Apache-2.0
#include "depthwise_conv_2d/kernel.h"
#include "pl_requantize.h"

// The sum of one output element over the part of the window that lies inside the input.
static int64_t depthwise_conv_2d_s16_sum(const pl_depthwise_conv_2d_geometry *g, const int16_t *input,
                                        const int8_t *filter, pl_tile start) {
  int64_t acc = 0;
  for (int32_t ky = 0; ky < g->filter_h; ++ky) {
    const int32_t y = start.h + ky * g->dilation.h;
    for (int32_t kx = 0; kx < g->filter_w; ++kx, filter += g->output_c) {
      const int32_t x = start.w + kx * g->dilation.w;
      if (y >= 0 && y < g->input_h && x >= 0 && x < g->input_w) {
        acc += *filter * input[(y * g->input_w + x) * g->input_c];
      }
    }
  }
  return acc;
}

void pl_depthwise_conv_2d_s16(const void *args) {
  const pl_depthwise_conv_2d_s16_args *a = args;
  const pl_depthwise_conv_2d_geometry *g = &a->params.geometry;
  const int16_t *input = a->input;
  int16_t *output = a->output;
  for (int32_t batch = 0; batch < g->batches; ++batch, input += g->input_h * g->input_w * g->input_c) {
    for (int32_t y = 0; y < g->output_h; ++y) {
      for (int32_t x = 0; x < g->output_w; ++x) {
        const pl_tile start = {y * g->stride.h - g->padding.h, x * g->stride.w - g->padding.w};
        for (int32_t c = 0, o = 0; o < g->output_c; ++c) {
          for (int32_t m = 0; m < g->ch_mult; ++m, ++o) {
            const int64_t bias = a->bias ? a->bias[o] : 0;
            const int64_t acc = depthwise_conv_2d_s16_sum(g, input + c, a->filter + o, start) + bias;
            const int32_t scaled = pl_requantize_wide(acc, a->multiplier[o], a->shift[o]);
            *output++ = (int16_t)pl_clamp(scaled, a->params.activation);
          }
        }
      }
    }
  }
}
