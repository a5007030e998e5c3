// SPDX-License-Identifier: Apache-2.0
#include "depthwise_conv_2d/s8_thumb_run.h"

// Copies a channel behind its padding, which is there already.
static void depthwise_conv_2d_s8_thumb_copy(const pl_depthwise_conv_2d_s8_thumb_params *p, const int8_t *input,
                                            int8_t *padded) {
  const pl_depthwise_conv_2d_geometry *g = &p->geometry;
  const pl_quad_thumb_matrix m = {
      padded + g->padding.h * p->padded_w + g->padding.w, input, g->input_c, p->columns, p->lines,
      p->padded_w - p->columns, (g->input_w - p->columns) * g->input_c};
  pl_quad_thumb_copy(&m);
}

// Packs `rows` rows of six groups of the padded channel, from row `top` of each group on.
static void depthwise_conv_2d_s8_thumb_pack(const pl_depthwise_conv_2d_s8_thumb_params *p, const int8_t *padded,
                                            int32_t top, int32_t rows, uint32_t *plane) {
  const pl_tile stride = p->geometry.stride;
  const int8_t *from[6];
  for (int32_t i = 0; i < 6; ++i) {
    from[i] = padded + (p->starts_h[i] * stride.h + top) * p->padded_w + p->starts_w[i] * stride.w;
  }
  int32_t count = p->plane_w;
  if (p->plane_w == p->padded_w) {
    count *= rows;
    rows = 1;
  }
  for (; rows > 0; --rows, plane += 4 * count) {
    pl_quad_thumb_pack(plane, from, count);
    pl_quad_thumb_pack(plane + 2, from + 3, count);
    for (int32_t i = 0; i < 6; ++i) {
      from[i] += p->padded_w;
    }
  }
}

// What all calls of the core share.
static void depthwise_conv_2d_s8_thumb_start(pl_quad_thumb_plane *s, const pl_depthwise_conv_2d_s8_thumb_args *a) {
  const pl_depthwise_conv_2d_s8_thumb_params *p = &a->params;
  const pl_depthwise_conv_2d_geometry *g = &p->geometry;
  s->block.weights = a->scratch;
  s->block.one = (uint32_t)(p->least + 1) << 24;
  s->block.zero = (int32_t)(((uint32_t)(p->output_zero_point + 1) << 24) - 1);
  s->block.first = g->filter_h * g->filter_w;
  s->block.x = a->scratch + s->block.first;
  s->block.skip = p->skip;
  s->block.length = p->width * g->output_c;
  s->at_step = g->output_c;
  s->at_row = g->output_w * g->output_c;
  s->x_step = 16 * g->stride.w;
  s->x_jump = 16 * (g->stride.h * p->plane_w - p->width * g->stride.w);
  s->row_skip = 16 * (g->dilation.h * p->plane_w - g->filter_w);
  s->row_taps = 4 * p->row_taps;
}

void pl_depthwise_conv_2d_s8_thumb_run(const pl_depthwise_conv_2d_s8_thumb_args *a,
                                    void (*core)(const pl_quad_thumb_plane *plane), void (*finish)(void)) {
  const pl_depthwise_conv_2d_s8_thumb_params *p = &a->params;
  const pl_depthwise_conv_2d_geometry *g = &p->geometry;
  const int32_t taps = g->filter_h * g->filter_w, reach = (g->filter_h - 1) * g->dilation.h + 1;
  uint32_t *weights = a->scratch, *plane = weights + taps;
  int8_t *padded = (int8_t *)(plane + p->plane_words), *output = a->output;
  const int8_t *input = a->input;
  pl_quad_thumb_plane s;
  depthwise_conv_2d_s8_thumb_start(&s, a);
  s.block.finish = finish;
  for (int32_t i = 0; i < p->padded_bytes; ++i) {
    padded[i] = (int8_t)p->zero_point;
  }
  for (int32_t batch = 0; batch < g->batches; ++batch) {
    const int8_t *filter = a->filter;
    s.block.scale = (const pl_quad_thumb_scale *)(const void *)a->scale;
    for (int32_t c = 0; c < g->input_c; ++c) {
      depthwise_conv_2d_s8_thumb_copy(p, input + c, padded);
      for (int32_t row = 0, rows = p->band; row < p->rows; row += rows) {
        rows = p->rows - row < rows ? p->rows - row : rows;
        depthwise_conv_2d_s8_thumb_pack(p, padded, row * g->stride.h, (rows - 1) * g->stride.h + reach, plane);
        s.block.end = (rows - 1) * s.at_row + s.block.length;
        for (int32_t m = 0; m < g->ch_mult; ++m) {
          for (int32_t i = 0; i < 6; ++i) {
            s.block.out[i] = output + (p->starts_h[i] + row) * s.at_row + p->starts_w[i] * g->output_c + m;
          }
          for (int32_t i = 0; i < taps; ++i) {
            weights[i] = (uint32_t)filter[m * taps + i];
          }
          core(&s);
          ++s.block.scale;
        }
        s.block.scale -= g->ch_mult;
      }
      s.block.scale += g->ch_mult;
      filter += g->ch_mult * taps;
      output += g->ch_mult;
    }
    input += g->input_h * g->input_w * g->input_c;
    output += (g->output_h - 1) * s.at_row + (g->output_w - 1) * g->output_c;
  }
}
