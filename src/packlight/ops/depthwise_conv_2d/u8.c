// SPDX-License-Identifier: Apache-2.0
#include "depthwise_conv_2d/kernel.h"
#include "pl_requantize.h"

// The sum of one output element over the part of the window that lies inside the input.
static int32_t depthwise_conv_2d_u8_sum(const pl_depthwise_conv_2d_u8_params *p, const uint8_t *input,
                                        const uint8_t *filter, pl_tile start) {
  const pl_depthwise_conv_2d_geometry *g = &p->geometry;
  int32_t acc = 0;
  for (int32_t ky = 0; ky < g->filter_h; ++ky) {
    const int32_t y = start.h + ky * g->dilation.h;
    for (int32_t kx = 0; kx < g->filter_w; ++kx, filter += g->output_c) {
      const int32_t x = start.w + kx * g->dilation.w;
      if (y >= 0 && y < g->input_h && x >= 0 && x < g->input_w) {
        acc += (*filter + p->filter_offset) * (input[(y * g->input_w + x) * g->input_c] + p->input_offset);
      }
    }
  }
  return acc;
}

void pl_depthwise_conv_2d_u8(const void *args) {
  const pl_depthwise_conv_2d_u8_args *a = args;
  const pl_depthwise_conv_2d_u8_params *p = &a->params;
  const pl_depthwise_conv_2d_geometry *g = &p->geometry;
  const uint8_t *input = a->input;
  uint8_t *output = a->output;
  for (int32_t batch = 0; batch < g->batches; ++batch, input += g->input_h * g->input_w * g->input_c) {
    for (int32_t y = 0; y < g->output_h; ++y) {
      for (int32_t x = 0; x < g->output_w; ++x) {
        const pl_tile start = {y * g->stride.h - g->padding.h, x * g->stride.w - g->padding.w};
        for (int32_t c = 0, o = 0; o < g->output_c; ++c) {
          for (int32_t m = 0; m < g->ch_mult; ++m, ++o) {
            const int32_t bias = a->bias ? a->bias[o] : 0;
            const int32_t acc = depthwise_conv_2d_u8_sum(p, input + c, a->filter + o, start) + bias;
            const int32_t scaled = pl_requantize(acc, a->multiplier[0], a->shift[0]) + p->output_offset;
            *output++ = (uint8_t)pl_clamp(scaled, p->activation);
          }
        }
      }
    }
  }
}
