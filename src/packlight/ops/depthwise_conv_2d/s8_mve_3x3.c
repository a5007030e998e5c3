// SPDX-License-Identifier: Apache-2.0
// Sixteen channels at a time: the input is laid out in strips, then each channel goes over all of them.
#include "depthwise_conv_2d/kernel.h"
#include "depthwise_conv_2d/s8_mve_3x3_core.h"
#include "pl_bytes_mve.h"

typedef pl_depthwise_conv_2d_geometry geometry;
typedef depthwise_conv_2d_s8_mve_3x3_job job;
typedef depthwise_conv_2d_s8_mve_3x3_block block;

// Where a channel's weights go in a patch: four words, one for each column, of four rows.
static void depthwise_conv_2d_s8_mve_3x3_weights(job *j, const geometry *g) {
  j->weight_mask = 0;
  for (int32_t x = 0, tap = 0; x < g->filter_w; ++x) {
    for (int32_t y = 0; y < g->filter_h; ++y, ++tap) {
      j->weight_offsets[4 * x + y] = (uint8_t)tap;
      j->weight_mask |= 1 << (4 * x + y);
    }
  }
}

// The outputs of `rows` rows: first the strips that are whole, then half a strip where their number is odd.
static void depthwise_conv_2d_s8_mve_3x3_blocks(block *b, const geometry *g, pl_tile step, int32_t rows) {
  if (g->stride.h == 2) {
    const int32_t rest = g->output_w % 4;
    const block all = {rows, g->output_w / 4, rest > 0, (1 << 4 * rest) - 1, 128,
                       step.h - (g->output_w + 3) / 4 * 4 * step.w};
    *b++ = all;
  } else {
    const int32_t pairs = g->output_w / 2, rest = g->output_w % 2;
    const block whole = {rows / 2, pairs, rest, 0x0f0f, 128, 2 * step.h - 2 * (pairs + rest) * step.w};
    const block half = {rows % 2 && pairs > 0, 0, pairs, 0x00ff, 0, 0};
    const block corner = {rows % 2 && rest > 0, 0, 1, 0x000f, 0, 0};
    *b = whole;
    b += whole.strips > 0;
    *b = half;
    b += half.strips;
    *b = corner;
    b += corner.strips;
  }
  b->strips = 0;
}

// Lays out the strip of input rows from `y` on, which may lie outside of the input.
static void depthwise_conv_2d_s8_mve_3x3_strip(const pl_depthwise_conv_2d_s8_mve_3x3_params *p, const int8_t *input,
                                               int32_t y, const int8_t *zeros, int8_t *strip, int32_t width,
                                               int32_t channels) {
  const geometry *g = &p->layer.geometry;
  depthwise_conv_2d_s8_mve_3x3_rows rows;
  for (int32_t i = 0; i < 4; ++i) {
    const int inside = y + i >= 0 && y + i < g->input_h;
    rows.rows[i] = inside ? input + (y + i) * p->input_step.h : zeros;
    rows.steps[i] = inside ? p->input_step.w : 0;
  }
  depthwise_conv_2d_s8_mve_3x3_interleave(&rows, strip + 64 * g->padding.w, width, channels);
}

void pl_depthwise_conv_2d_s8_mve_3x3(const void *args) {
  const pl_depthwise_conv_2d_s8_mve_3x3_args *a = args;
  const pl_depthwise_conv_2d_s8_params *p = &a->params.layer;
  const geometry *g = &p->geometry;
  const int32_t stride = g->stride.h, height = 3 - stride;  // rows of outputs that a strip gives
  const int32_t columns = stride == 1 ? (g->output_w + 1) / 2 * 2 + 2 : (g->output_w + 3) / 4 * 8 + 2;
  const int32_t seen = columns - g->padding.w < g->input_w ? columns - g->padding.w : g->input_w;
  const int32_t strip = 64 * columns, most = a->params.strips * height;
  const int8_t *zeros = a->scratch + a->params.strips * strip;
  job j;
  depthwise_conv_2d_s8_mve_3x3_weights(&j, g);
  j.taps = g->filter_h * g->filter_w;
  j.pixel = a->params.output_step.w;
  j.row = a->params.output_step.h;
  j.output_offset = p->output_offset;
  pl_fill_mve(a->scratch, -p->input_offset, a->params.strips * strip + 16);
  const int8_t *input = a->input;
  int8_t *output = a->output;
  for (int32_t batch = 0; batch < g->batches; ++batch) {
    for (int32_t c = 0; c < g->output_c; c += 16) {
      const int32_t channels = g->output_c - c < 16 ? g->output_c - c : 16;
      for (int32_t y = 0; y < g->output_h; y += most) {
        const int32_t rows = g->output_h - y < most ? g->output_h - y : most;
        for (int32_t at = 0, to = 0; at < rows; at += height, to += strip) {
          depthwise_conv_2d_s8_mve_3x3_strip(&a->params, input + c, (y + at) * stride - g->padding.h, zeros,
                                             a->scratch + to, seen, channels);
        }
        depthwise_conv_2d_s8_mve_3x3_blocks(j.blocks, g, a->params.output_step, rows);
        j.strip = a->scratch;
        j.output = output + y * j.row + c;
        j.weights = a->filter + c * j.taps;
        j.bias = a->bias + 2 * c;
        j.channels = channels;
        (stride == 1 ? depthwise_conv_2d_s8_mve_3x3_step1 : depthwise_conv_2d_s8_mve_3x3_step2)(&j);
      }
    }
    input += g->input_h * g->input_w * g->input_c;
    output += g->output_h * g->output_w * g->output_c;
  }
  pl_clamp_mve(a->output, (int32_t)(output - a->output), p->activation);
}
