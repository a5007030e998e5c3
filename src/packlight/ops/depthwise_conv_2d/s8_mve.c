// SPDX-License-Identifier: Apache-2.0
#include "depthwise_conv_2d/kernel.h"
#include "depthwise_conv_2d/s8_mve_core.h"
#include "pl_bytes_mve.h"

// Which weight belongs to which input of a window, whose columns may lie apart.
static void depthwise_conv_2d_s8_mve_weights(depthwise_conv_2d_s8_mve_job *j, const pl_depthwise_conv_2d_geometry *g) {
  for (int32_t i = 0; i < 4; ++i) {
    j->weight_masks[i] = 0;
  }
  for (int32_t x = 0, tap = 0; x < g->filter_w; ++x) {
    for (int32_t y = 0; y < g->filter_h; ++y, ++tap) {
      const int32_t at = x * g->dilation.w * g->filter_h + y;
      j->weight_offsets[at] = (uint8_t)tap;
      j->weight_masks[at / 16] |= 1 << at % 16;
    }
  }
}

void pl_depthwise_conv_2d_s8_mve(const void *args) {
  const pl_depthwise_conv_2d_s8_mve_args *a = args;
  const pl_depthwise_conv_2d_s8_params *p = &a->params;
  const pl_depthwise_conv_2d_geometry *g = &p->geometry;
  const int32_t window = (g->filter_w - 1) * g->dilation.w + 1;
  const int32_t columns = (g->output_w - 1) * g->stride.w + window;
  const int32_t seen = columns - g->padding.w < g->input_w ? columns - g->padding.w : g->input_w;
  const int32_t column = g->filter_h, plane = columns * column;
  const int32_t rest = g->output_w % 4;
  const int8_t *zeros = a->scratch + 8 * plane;
  depthwise_conv_2d_s8_mve_job j;
  depthwise_conv_2d_s8_mve_weights(&j, g);
  j.taps = g->filter_h * g->filter_w;
  j.plane_step = plane;
  j.ch_mult = g->ch_mult;
  j.step = g->stride.w * column;
  j.pixel = g->output_c;
  j.output_offset = p->output_offset;
  j.whole = g->output_w / 4;
  j.cut = rest > 0;
  j.mask = (1 << 4 * rest) - 1;
  pl_fill_mve(a->scratch, -p->input_offset, 8 * plane + 8);
  const int8_t *input = a->input;
  int8_t *output = a->output;
  for (int32_t batch = 0; batch < g->batches; ++batch, input += g->input_h * g->input_w * g->input_c) {
    for (int32_t y = 0; y < g->output_h; ++y, output += g->output_w * g->output_c) {
      for (int32_t c = 0; c < g->input_c; c += 8) {
        const int32_t channels = g->input_c - c < 8 ? g->input_c - c : 8;
        for (int32_t ky = 0; ky < g->filter_h; ++ky) {
          const int32_t row = y * g->stride.h - g->padding.h + ky * g->dilation.h;
          const int inside = row >= 0 && row < g->input_h;
          const int8_t *pixels = inside ? input + row * g->input_w * g->input_c + c : zeros;
          int8_t *to = a->scratch + g->padding.w * column + ky;
          depthwise_conv_2d_s8_mve_spread(to, pixels, inside ? g->input_c : 0, seen, channels, plane, column);
        }
        j.plane = a->scratch;
        j.left = g->ch_mult;
        j.channels = channels * g->ch_mult;
        j.output = output + c * g->ch_mult;
        j.weights = a->filter + c * g->ch_mult * j.taps;
        j.bias = a->bias + 2 * c * g->ch_mult;
        const int32_t inputs = window * column;
        (inputs <= 16   ? depthwise_conv_2d_s8_mve_core1
         : inputs <= 32 ? depthwise_conv_2d_s8_mve_core2
                        : depthwise_conv_2d_s8_mve_core4)(&j);
      }
    }
  }
  pl_clamp_mve(a->output, (int32_t)(output - a->output), p->activation);
}
