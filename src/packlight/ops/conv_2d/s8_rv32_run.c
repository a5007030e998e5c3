// SPDX-License-Identifier: Apache-2.0
#include "conv_2d/s8_rv32_run.h"

// Where a window lies.
typedef struct {
  const int8_t *row;  // its first tap's place, which may be outside of the input; then that of the row below
  int32_t y, x;       // of the first tap
  int32_t is_whole;   // 1: its rows are runs of bytes where they are in the input
} conv_2d_s8_rv32_window;

// What the windows of a layer share.
typedef struct {
  const pl_conv_2d_geometry *g;
  int32_t row_bytes;  // of a window's row
  int8_t *zeros;      // a row outside of the input; behind it rows for the six windows
} conv_2d_s8_rv32_layer;

// Copies a row of a window that is partly outside of the input, or dilated.
PL_QUAD_RV32_SHARED
static void conv_2d_s8_rv32_copy(const conv_2d_s8_rv32_layer *l, const conv_2d_s8_rv32_window *at, int8_t *to) {
  const pl_conv_2d_geometry *g = l->g;
  const int32_t run = g->dilation.w == 1 ? l->row_bytes : g->input_c;  // bytes that follow each other in the input
  const int32_t step = g->dilation.w * g->input_c, end = g->input_w * g->input_c;
  const int8_t *from = at->row, outside = l->zeros[0];
  for (int32_t done = 0, x = at->x * g->input_c; done < l->row_bytes; done += run, x += step, from += step) {
    PL_QUAD_RV32_ROLLED
    for (int32_t i = 0; i < run; ++i) {
      *to++ = (uint32_t)(x + i) < (uint32_t)end ? from[i] : outside;
    }
  }
}

// The trios of six windows.
static void conv_2d_s8_rv32_gather(const conv_2d_s8_rv32_layer *l, conv_2d_s8_rv32_window *windows, uint32_t *x) {
  const pl_conv_2d_geometry *g = l->g;
  const int32_t row_bytes = l->row_bytes, height = g->input_h, dilation = g->dilation.h;
  const int32_t step = dilation * g->input_w * g->input_c;
  for (int32_t ky = 0, below = 0; ky < g->filter_h; ++ky, below += dilation, x += 4 * row_bytes) {
    const int8_t *rows[6];
    int8_t *copy = l->zeros;
    PL_QUAD_RV32_ROLLED
    for (int32_t i = 0; i < 6; ++i) {
      conv_2d_s8_rv32_window *at = &windows[i];
      copy += row_bytes;
      if ((uint32_t)(at->y + below) >= (uint32_t)height) {
        rows[i] = l->zeros;
      } else if (at->is_whole) {
        rows[i] = at->row;
      } else {
        conv_2d_s8_rv32_copy(l, at, copy);
        rows[i] = copy;
      }
      at->row += step;
    }
    pl_quad_rv32_pack(x, rows, row_bytes);
  }
}

void pl_conv_2d_s8_rv32_walk(const pl_conv_2d_s8_rv32_args *a, conv_2d_s8_rv32_meet *meet) {
  const pl_conv_2d_s8_rv32_params *p = &a->params;
  const pl_conv_2d_geometry *g = &p->geometry;
  const int32_t row_bytes = g->filter_w * g->filter_c;
  const conv_2d_s8_rv32_layer l = {g, row_bytes, (int8_t *)(a->scratch + 4 * g->filter_h * row_bytes) + p->tail_bytes};
  for (int32_t i = 0; i < p->fill_bytes; ++i) {
    l.zeros[i] = (int8_t)p->zero_point;
  }
  const int8_t *input = a->input;
  int8_t *output = a->output;
  int32_t row = 0, column = 0;
  for (int32_t left = g->batches * g->output_h * g->output_w; left > 0; left -= 6, output += 6 * g->output_c) {
    conv_2d_s8_rv32_window windows[6];
    PL_QUAD_RV32_ROLLED
    for (int32_t i = 0; i < 6; ++i) {
      if (i >= left) {
        windows[i] = windows[i - 1];
        continue;
      }
      const int32_t y = row * g->stride.h - g->padding.h, x = column * g->stride.w - g->padding.w;
      windows[i].y = y;
      windows[i].x = x;
      windows[i].row = input + (y * g->input_w + x) * g->input_c;
      windows[i].is_whole = x >= 0 && x + g->filter_w <= g->input_w && g->dilation.w == 1;
      if (++column == g->output_w) {
        column = 0;
        if (++row == g->output_h) {
          row = 0;
          input += g->input_h * g->input_w * g->input_c;
        }
      }
    }
    conv_2d_s8_rv32_gather(&l, windows, a->scratch);
    meet(a, output, left < 6 ? left : 6);
  }
}

void pl_conv_2d_s8_rv32_run(const pl_conv_2d_s8_rv32_args *a, int8_t *output, int32_t pixels, void (*finish)(void)) {
  const pl_conv_2d_s8_rv32_params *p = &a->params;
  const int32_t channels = p->geometry.output_c;
  int8_t *tail = (int8_t *)(a->scratch + 4 * p->count), *out = pixels < 6 ? tail : output;
  const pl_quad_rv32_block block = {
      {finish, a->scale, out, channels, p->least, p->most, p->zero},
      a->scratch, p->count, a->filter, p->count, 1, out + channels};
  pl_quad_rv32_dense(&block);
  PL_QUAD_RV32_ROLLED
  for (int32_t i = 0; pixels < 6 && i < pixels * channels; ++i) {
    output[i] = tail[i];
  }
}
