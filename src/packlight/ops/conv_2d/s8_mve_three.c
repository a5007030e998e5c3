// SPDX-License-Identifier: Apache-2.0
// Windows of three columns, one column apart, of pixels of whole sixteens: four outputs share six columns.
#include "conv_2d/kernel.h"
#include "pl_bytes_mve.h"
#include "pl_dense_mve_three.h"

// Lays out a row of pixels, or zeros where it lies outside of the input.
static void conv_2d_s8_mve_three_row(const pl_conv_2d_geometry *g, const int8_t *row, const int8_t *zeros, int8_t *to,
                                     int32_t stride) {
  const int32_t columns = g->output_w + 2 - g->padding.w;
  const int32_t seen = columns < g->input_w ? columns : g->input_w;
  if (row != NULL && g->input_c == 16) {
    pl_copy_mve(to, 0, row, 0, 16 * seen, 1);
    return;
  }
  for (int32_t c = 0; c < g->input_c; c += 16, to += stride) {
    pl_copy_mve(to, 16, row != NULL ? row + c : zeros, row != NULL ? g->input_c : 0, 16, seen);
  }
}

void pl_conv_2d_s8_mve_three(const void *args) {
  const pl_conv_2d_s8_mve_args *a = args;
  const pl_conv_2d_s8_params *p = &a->params;
  const pl_conv_2d_geometry *g = &p->geometry;
  const int32_t stride = 16 * (g->output_w + 2);
  const int32_t row = g->input_c / 16 * stride, pixels = g->input_w * g->input_c;
  const pl_dense_mve_layer layer = {
      .depth = 3 * g->filter_h * g->input_c,
      .outputs = g->output_c,
      .output_offset = p->output_offset,
      .bias_step = 8,
      .multiplier_step = 8,
      .weights = a->filter,
      .bias = a->bias,
      .multiplier = a->bias + 1,
  };
  int8_t *zeros = a->scratch + g->filter_h * row;
  pl_fill_mve(a->scratch, -p->input_offset, g->filter_h * row + 16);
  const int8_t *input = a->input;
  int8_t *output = a->output;
  for (int32_t batch = 0; batch < g->batches; ++batch, input += g->input_h * pixels) {
    for (int32_t y = 0; y < g->output_h; ++y, output += g->output_w * g->output_c) {
      for (int32_t ky = 0; ky < g->filter_h; ++ky) {
        const int32_t at = y * g->stride.h - g->padding.h + ky * g->dilation.h;
        const int8_t *from = at >= 0 && at < g->input_h ? input + at * pixels : NULL;
        conv_2d_s8_mve_three_row(g, from, zeros, a->scratch + ky * row + 16 * g->padding.w, stride);
      }
      pl_dense_mve_three(&layer, a->scratch, stride, g->output_w / 4, output);
      if (g->output_w % 4 > 0) {
        const int32_t last = g->output_w - 4;
        pl_dense_mve_three(&layer, a->scratch + 16 * last, stride, 1, output + last * g->output_c);
      }
    }
  }
  pl_clamp_mve(a->output, (int32_t)(output - a->output), p->activation);
}
