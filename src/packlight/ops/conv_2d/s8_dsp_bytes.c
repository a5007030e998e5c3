// SPDX-License-Identifier: Apache-2.0
// Any window of pixels, whatever the number of their channels.
//
// The rows that a span of output pixels sees are copied once, with what lies outside of the input as zero points; then
// each window is copied to one run of bytes, and four of these are widened.
#include "conv_2d/kernel.h"
#include "pl_clamp_dsp.h"
#include "pl_copy_dsp.h"
#include "pl_dense_dsp.h"

static int8_t *conv_2d_s8_dsp_bytes_fill(int8_t *to, int32_t count, int8_t value) {
  for (; count > 0; --count) {
    *to++ = value;
  }
  return to;
}

// Copies `columns` pixels of each row that the window at y0 sees, from column x0 on.
static void conv_2d_s8_dsp_bytes_band(const pl_conv_2d_s8_dsp_params *p, const int8_t *input, int8_t *to, int32_t y0,
                                      int32_t x0, int32_t columns) {
  const pl_conv_2d_geometry *g = &p->geometry;
  const int8_t zero = (int8_t)-p->input_offset;
  const int32_t begin = x0 >= 0 ? 0 : -x0 < columns ? -x0 : columns;
  const int32_t last = g->input_w - x0;
  const int32_t end = last < begin ? begin : last < columns ? last : columns;
  for (int32_t ky = 0; ky < g->filter_h; ++ky) {
    const int32_t y = y0 + ky * g->dilation.h;
    if (y < 0 || y >= g->input_h) {
      to = conv_2d_s8_dsp_bytes_fill(to, columns * g->input_c, zero);
      continue;
    }
    to = conv_2d_s8_dsp_bytes_fill(to, begin * g->input_c, zero);
    to = pl_copy_dsp(to, input + (y * g->input_w + x0 + begin) * g->input_c, (end - begin) * g->input_c, 1, 0);
    to = conv_2d_s8_dsp_bytes_fill(to, (columns - end) * g->input_c, zero);
  }
}

// Copies windows of the band to one run each. Dilated in width, they are as many runs as they have pixels.
static void conv_2d_s8_dsp_bytes_windows(const pl_conv_2d_geometry *g, const pl_windows_dsp *windows, const int8_t *from,
                                         int8_t *to, int32_t count, int32_t pitch) {
  if (g->dilation.w == 1) {
    pl_copy_windows_dsp(to, from, windows, count);
    return;
  }
  for (; count > 0; --count, from += windows->stride, to += windows->window) {
    int8_t *at = to;
    for (int32_t ky = 0; ky < g->filter_h; ++ky) {
      at = pl_copy_dsp(at, from + ky * pitch, g->input_c, g->filter_w, g->dilation.w * g->input_c);
    }
  }
}

static void conv_2d_s8_dsp_bytes_image(const pl_conv_2d_s8_dsp_args *a, pl_dense_dsp_job *job, const int8_t *input) {
  const pl_conv_2d_geometry *g = &a->params.geometry;
  const int32_t quads = a->params.dense.quads;
  const int32_t columns = (a->params.span - 1) * g->stride.w + (g->filter_w - 1) * g->dilation.w + 1;
  const int32_t pitch = columns * g->input_c;
  const int32_t run = g->filter_w * g->input_c;
  const int32_t words = (run + 3) / 4;
  const pl_windows_dsp windows = {
      .words = words,
      .excess = 4 * words - run,
      .rows = g->filter_h,
      .gap = pitch - 4 * words,
      .stride = g->stride.w * g->input_c,
      .window = 4 * quads,
  };
  int8_t *gathered = (int8_t *)(a->scratch + 16 * quads);
  int8_t *band = gathered + 16 * quads + 4;
  const int8_t *from = band;
  int32_t y = 0, x = 0, in_band = 0;
  int32_t count, some;
  for (int32_t left = g->output_h * g->output_w; left > 0; left -= count) {
    count = left < 4 ? 1 : 4;
    for (int32_t i = 0; i < count; i += some) {
      if (x == g->output_w) {
        x = 0;
        ++y;
        in_band = 0;
      }
      if (in_band == 0) {
        conv_2d_s8_dsp_bytes_band(&a->params, input, band, y * g->stride.h - g->padding.h, x * g->stride.w - g->padding.w,
                                  columns);
        from = band;
        in_band = a->params.span < g->output_w - x ? a->params.span : g->output_w - x;
      }
      some = count - i < in_band ? count - i : in_band;
      conv_2d_s8_dsp_bytes_windows(g, &windows, from, gathered + windows.window * i, some, pitch);
      from += some * windows.stride;
      x += some;
      in_band -= some;
    }
    if (count == 1) {
      pl_dense_dsp_widen_row(a->scratch, gathered, quads);
      pl_dense_dsp_one(&a->params.dense, a->filter, NULL, a->scratch, job->output);
    } else {
      pl_dense_dsp_widen_four(a->scratch, gathered, quads, windows.window, 1, 0);
      pl_dense_dsp_four(job, a->filter);
    }
    job->output += count * g->output_c;
  }
}

void pl_conv_2d_s8_dsp_bytes(const void *args) {
  const pl_conv_2d_s8_dsp_args *a = args;
  const pl_conv_2d_geometry *g = &a->params.geometry;
  pl_dense_dsp_job job = pl_dense_dsp_start(&a->params.dense, a->filter, g->output_c, a->scratch, a->output);
  for (int32_t batch = 0; batch < g->batches; ++batch) {
    conv_2d_s8_dsp_bytes_image(a, &job, a->input + batch * g->input_h * g->input_w * g->input_c);
  }
  pl_clamp_dsp(a->output, (int32_t)(job.output - a->output), a->params.activation);
}
