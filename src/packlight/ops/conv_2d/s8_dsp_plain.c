// SPDX-License-Identifier: Apache-2.0
// Any convolution, in groups too: each window is copied to one run, which meets the channels of its group.
#include "conv_2d/kernel.h"
#include "pl_copy_dsp.h"
#include "pl_dense_plain_dsp.h"
#include "pl_dense_row_dsp.h"

// Copies the group's channels, from `input` on, of the window at y0, x0; zero points where it lies outside of the input.
static void conv_2d_s8_dsp_plain_window(const pl_conv_2d_s8_dsp_plain_params *p, const int8_t *input, int8_t *to, int32_t y0,
                                        int32_t x0) {
  const pl_conv_2d_geometry *g = &p->geometry;
  for (int32_t ky = 0; ky < g->filter_h; ++ky) {
    const int32_t y = y0 + ky * g->dilation.h;
    for (int32_t kx = 0; kx < g->filter_w; ++kx) {
      const int32_t x = x0 + kx * g->dilation.w;
      if (y >= 0 && y < g->input_h && x >= 0 && x < g->input_w) {
        to = pl_copy_dsp(to, input + (y * g->input_w + x) * g->input_c, g->filter_c, 1, 0);
      } else {
        for (int32_t c = 0; c < g->filter_c; ++c) {
          *to++ = (int8_t)-p->input_offset;
        }
      }
    }
  }
}

// All output channels of one pixel.
static void conv_2d_s8_dsp_plain_pixel(const pl_conv_2d_s8_dsp_plain_args *a, const int8_t *input, int8_t *output, int32_t y0,
                                       int32_t x0) {
  const pl_conv_2d_geometry *g = &a->params.geometry;
  const pl_dense_row *row = &a->params.row;
  const int32_t group_words = (row->channels + 1) / 2 * (2 * ((row->depth + 3) / 4));
  pl_dense_row_constants constants = {a->filter, a->bias, a->multiplier, a->shift};
  for (int32_t c = 0; c < g->input_c; c += g->filter_c, output += row->channels) {
    conv_2d_s8_dsp_plain_window(&a->params, input + c, a->scratch, y0, x0);
    pl_dense_row_dsp(row, &constants, a->scratch, output, pl_dense_plain_dsp, INT32_MAX);
    constants.filter += group_words;
    constants.bias += row->channels;
    constants.multiplier += row->channels;
    constants.shift += row->channels;
  }
}

void pl_conv_2d_s8_dsp_plain(const void *args) {
  const pl_conv_2d_s8_dsp_plain_args *a = args;
  const pl_conv_2d_geometry *g = &a->params.geometry;
  const int8_t *input = a->input;
  int8_t *output = a->output;
  for (int32_t batch = 0; batch < g->batches; ++batch, input += g->input_h * g->input_w * g->input_c) {
    for (int32_t y = 0; y < g->output_h; ++y) {
      for (int32_t x = 0; x < g->output_w; ++x, output += g->output_c) {
        conv_2d_s8_dsp_plain_pixel(a, input, output, y * g->stride.h - g->padding.h, x * g->stride.w - g->padding.w);
      }
    }
  }
}
