// SPDX-License-Identifier: Apache-2.0
#include "conv_2d/s8_thumb_run.h"

// Where a window lies: the place of its first tap, which may be outside of the input.
typedef struct {
  const int8_t *first;
  int32_t y, x;
} conv_2d_s8_thumb_window;

// What the windows of a layer share.
typedef struct {
  const pl_conv_2d_geometry *g;
  int32_t row_bytes;  // of a window's row
  int8_t *zeros;      // a row outside of the input; behind it rows for the six windows
} conv_2d_s8_thumb_layer;

// Row `ky` of a window: in the input, or copied to `copy` where it is not whole there.
static const int8_t *conv_2d_s8_thumb_row(const conv_2d_s8_thumb_layer *l, const conv_2d_s8_thumb_window *at,
                                          int32_t ky, int8_t *copy) {
  const pl_conv_2d_geometry *g = l->g;
  const int32_t y = at->y + ky * g->dilation.h;
  if (y < 0 || y >= g->input_h) {
    return l->zeros;
  }
  const int8_t *from = at->first + ky * g->dilation.h * g->input_w * g->input_c;
  if (at->x >= 0 && at->x + g->filter_w <= g->input_w && g->dilation.w == 1) {
    return from;
  }
  int8_t *to = copy;
  for (int32_t kx = 0, x = at->x; kx < g->filter_w; ++kx, x += g->dilation.w) {
    const int8_t *pixel = x >= 0 && x < g->input_w ? from : l->zeros;
    for (int32_t c = 0; c < g->input_c; ++c) {
      *to++ = pixel[c];
    }
    from += g->dilation.w * g->input_c;
  }
  return copy;
}

// The quads of six windows.
static void conv_2d_s8_thumb_gather(const conv_2d_s8_thumb_layer *l, const conv_2d_s8_thumb_window *windows,
                                    uint32_t *x) {
  for (int32_t ky = 0; ky < l->g->filter_h; ++ky, x += 4 * l->row_bytes) {
    const int8_t *rows[6];
    int8_t *copy = l->zeros;
    for (int32_t i = 0; i < 6; ++i) {
      rows[i] = conv_2d_s8_thumb_row(l, &windows[i], ky, copy += l->row_bytes);
    }
    pl_quad_thumb_pack(x, rows, l->row_bytes);
    pl_quad_thumb_pack(x + 2, rows + 3, l->row_bytes);
  }
}

static void conv_2d_s8_thumb_sums(const pl_quad_thumb_block *b, uint32_t *starts) {
  const uint32_t *x = b->x;
  for (int32_t part = 0, count = b->first; part < b->parts; ++part, count = b->length) {
    pl_quad_thumb_sum(x, count, starts);
    x += 4 * count;
    starts += 4;
  }
}

void pl_conv_2d_s8_thumb_run(const pl_conv_2d_s8_thumb_args *a, void (*core)(const pl_quad_thumb_block *block),
                          void (*finish)(void)) {
  const pl_conv_2d_s8_thumb_params *p = &a->params;
  const pl_conv_2d_geometry *g = &p->geometry;
  const int32_t row_bytes = g->filter_w * g->filter_c;
  uint32_t *x = a->scratch, *starts = x + 4 * g->filter_h * row_bytes;
  const conv_2d_s8_thumb_layer l = {g, row_bytes, (int8_t *)(starts + 4 * p->parts)};
  pl_quad_thumb_block b = {0};
  b.x = x;
  b.weights = a->filter;
  b.scale = (const pl_quad_thumb_scale *)(const void *)a->scale;
  b.end = g->output_c;
  b.one = (uint32_t)(p->least + 1) << 24;
  b.zero = (int32_t)(((uint32_t)(p->output_zero_point + 1) << 24) - 1);
  b.finish = finish;
  b.start = starts;
  b.first = p->first;
  b.skip = p->skip;
  b.parts = p->parts;
  b.length = p->length;
  for (int32_t i = 0; i < p->fill_bytes; ++i) {
    l.zeros[i] = (int8_t)p->zero_point;
  }
  const int8_t *input = a->input;
  int8_t *output = a->output;
  for (int32_t batch = 0; batch < g->batches; ++batch, input += g->input_h * g->input_w * g->input_c) {
    int32_t left = g->output_h * g->output_w, column = 0, y = -g->padding.h;
    conv_2d_s8_thumb_window windows[6];
    while (left > 0) {
      for (int32_t i = 0; i < 6; ++i, --left) {
        if (left <= 0) {
          windows[i] = windows[i - 1];
          b.out[i] = b.out[i - 1];
          continue;
        }
        const int32_t left_x = column * g->stride.w - g->padding.w;
        windows[i].y = y;
        windows[i].x = left_x;
        windows[i].first = input + (y * g->input_w + left_x) * g->input_c;
        b.out[i] = output;
        output += g->output_c;
        if (++column == g->output_w) {
          column = 0;
          y += g->stride.h;
        }
      }
      conv_2d_s8_thumb_gather(&l, windows, x);
      conv_2d_s8_thumb_sums(&b, starts);
      core(&b);
    }
  }
}
