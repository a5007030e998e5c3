// SPDX-License-Identifier: Apache-2.0
#include "transpose_conv/kernel.h"
#include "pl_requantize.h"

// The sum of one output element: the input elements that reach it, each by its tap of the filter. `at`: with padding.
static int32_t transpose_conv_u8_sum(const pl_transpose_conv_u8_params *p, const uint8_t *input, const uint8_t *filter,
                                     pl_tile at) {
  const pl_transpose_conv_geometry *g = &p->geometry;
  int32_t acc = 0;
  for (int32_t ky = 0; ky < g->filter_h; ++ky) {
    const int32_t y = pl_transpose_conv_source(at.h, ky, g->stride.h, g->input_h);
    for (int32_t kx = 0; kx < g->filter_w; ++kx, filter += g->input_c) {
      const int32_t x = pl_transpose_conv_source(at.w, kx, g->stride.w, g->input_w);
      if (y < 0 || x < 0) {
        continue;
      }
      const uint8_t *pixel = input + (y * g->input_w + x) * g->input_c;
      for (int32_t c = 0; c < g->input_c; ++c) {
        acc += (filter[c] + p->filter_offset) * (pixel[c] + p->input_offset);
      }
    }
  }
  return acc;
}

void pl_transpose_conv_u8(const void *args) {
  const pl_transpose_conv_u8_args *a = args;
  const pl_transpose_conv_u8_params *p = &a->params;
  const pl_transpose_conv_geometry *g = &p->geometry;
  const int32_t filter_size = g->filter_h * g->filter_w * g->input_c;
  const uint8_t *input = a->input;
  uint8_t *output = a->output;
  for (int32_t batch = 0; batch < g->batches; ++batch, input += g->input_h * g->input_w * g->input_c) {
    for (int32_t y = 0; y < g->output_h; ++y) {
      for (int32_t x = 0; x < g->output_w; ++x) {
        const pl_tile at = {y + g->padding.h, x + g->padding.w};
        for (int32_t c = 0; c < g->output_c; ++c) {
          const int32_t sum = transpose_conv_u8_sum(p, input, a->filter + c * filter_size, at);
          const int32_t acc = sum + (a->bias ? a->bias[c] : 0);
          const int32_t scaled = pl_requantize(acc, a->multiplier[0], a->shift[0]) + p->output_offset;
          *output++ = (uint8_t)pl_clamp(scaled, p->activation);
        }
      }
    }
  }
}
