// SPDX-License-Identifier: Apache-2.0
#include "depthwise_conv_2d/s8_rv32_run.h"

// Packs the rows of the three groups from row `y` of the first on, which may be outside of the input.
static void depthwise_conv_2d_s8_rv32_pack(const pl_depthwise_conv_2d_s8_rv32_params *p, const int8_t *input, int32_t y,
                                           int32_t rows, uint32_t *plane) {
  const int8_t outside = (int8_t)p->zero_point;
  const int32_t apart = p->distance * p->stride_rows, step = p->in_column;
  const uint32_t height = (uint32_t)p->in_rows;
  const int8_t *row = input + y * p->in_row;
  plane += 2 * p->pad_columns;
  for (const int32_t end = y + rows; y < end; ++y, row += p->in_row, plane += 2 * p->plane_columns) {
    const int32_t step0 = (uint32_t)y < height ? step : 0, step1 = (uint32_t)(y + apart) < height ? step : 0;
    const int32_t step2 = (uint32_t)(y + 2 * apart) < height ? step : 0;
    const int8_t *from0 = step0 ? row : &outside, *from1 = step1 ? row + apart * p->in_row : &outside;
    const int8_t *from2 = step2 ? row + 2 * apart * p->in_row : &outside;
    uint32_t *to = plane;
    for (const uint32_t *last = to + 2 * p->in_columns; to != last; to += 2) {
      const uint32_t x1 = (uint32_t)*from1 << 11;
      to[0] = (uint32_t)*from0 + (x1 << 10);
      to[1] = (uint32_t)*from2 + x1;
      from0 += step0;
      from1 += step1;
      from2 += step2;
    }
  }
}

// What lies outside of the input along a row stays as it is here.
static void depthwise_conv_2d_s8_rv32_fill(const pl_depthwise_conv_2d_s8_rv32_params *p, uint32_t *plane) {
  const uint32_t x = (uint32_t)p->zero_point;
  for (int32_t i = p->plane_rows * p->plane_columns; i > 0; --i, plane += 2) {
    plane[0] = x + (x << 21);
    plane[1] = x + (x << 11);
  }
}

// What all calls of the core share.
static void depthwise_conv_2d_s8_rv32_start(pl_quad_rv32_plane *s, const pl_depthwise_conv_2d_s8_rv32_args *a) {
  const pl_depthwise_conv_2d_s8_rv32_params *p = &a->params;
  s->outputs.step = p->distance * p->out_row;
  s->outputs.least = p->least;
  s->outputs.most = p->most;
  s->outputs.zero = p->zero;
  s->x = a->scratch;
  s->row = p->columns * p->out_column;
  s->out_step = p->out_column;
  s->out_jump = p->out_row - s->row;
  s->x_step = 8 * p->stride_columns;
  s->x_jump = 8 * (p->stride_rows * p->plane_columns - p->columns * p->stride_columns);
  s->taps = p->filter_rows * p->filter_columns;
  s->row_taps = p->row_taps;
  s->scale_step = p->scale_step;
  s->x_row = 8 * (p->row_taps == p->filter_columns ? p->dilation_rows * p->plane_columns : p->row_taps);
}

void pl_depthwise_conv_2d_s8_rv32_run(const pl_depthwise_conv_2d_s8_rv32_args *a,
                                      void (*core)(const pl_quad_rv32_plane *plane), void (*finish)(void)) {
  const pl_depthwise_conv_2d_s8_rv32_params *p = &a->params;
  const int32_t reach = (p->filter_rows - 1) * p->dilation_rows + 1;
  pl_quad_rv32_plane s;
  depthwise_conv_2d_s8_rv32_start(&s, a);
  s.outputs.finish = finish;
  depthwise_conv_2d_s8_rv32_fill(p, a->scratch);
  for (int32_t batch = 0; batch < p->batches; ++batch) {
    const int8_t *input = a->input + batch * p->input_batch, *filter = a->filter, *scale = (const int8_t *)a->scale;
    int8_t *output = a->output + batch * p->output_batch;
    for (int32_t c = 0; c < p->input_c; ++c, ++input) {
      for (int32_t row = 0; row < p->rows; row += p->band) {
        s.rows = p->rows - row < p->band ? p->rows - row : p->band;
        depthwise_conv_2d_s8_rv32_pack(p, input, row * p->stride_rows - p->pad_rows,
                                       (s.rows - 1) * p->stride_rows + reach, a->scratch);
        for (int32_t m = 0; m < p->ch_mult; m += p->together) {
          s.weights = filter + m * s.taps;
          s.outputs.scale = (const int32_t *)(const void *)(scale + m * p->scale_step);
          s.outputs.out = output + row * p->out_row + m;
          core(&s);
        }
      }
      filter += p->ch_mult * s.taps;
      scale += p->ch_mult * p->scale_step;
      output += p->ch_mult;
    }
  }
}
