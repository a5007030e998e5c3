// SPDX-License-Identifier: Apache-2.0
// Any window of pixels whose channels are whole words.
#include "conv_2d/kernel.h"
#include "pl_clamp_dsp.h"
#include "pl_dense_dsp.h"

typedef int16_t *conv_2d_s8_dsp_widen(int16_t *to, const int8_t *from, int32_t quads);

// Widens one window to `to`; its first pixel is at y0, x0. The pixel `outside` stands for those outside of the input.
static void conv_2d_s8_dsp_window(const pl_conv_2d_geometry *g, const int8_t *input, const int8_t *outside, int32_t y0,
                                  int32_t x0, int16_t *to, conv_2d_s8_dsp_widen *widen) {
  for (int32_t ky = 0; ky < g->filter_h; ++ky) {
    const int32_t y = y0 + ky * g->dilation.h;
    for (int32_t kx = 0; kx < g->filter_w; ++kx) {
      const int32_t x = x0 + kx * g->dilation.w;
      const int inside = y >= 0 && y < g->input_h && x >= 0 && x < g->input_w;
      to = widen(to, inside ? input + (y * g->input_w + x) * g->input_c : outside, g->input_c / 4);
    }
  }
}

static void conv_2d_s8_dsp_image(const pl_conv_2d_s8_dsp_args *a, pl_dense_dsp_job *job, const int8_t *input,
                                 const int8_t *outside) {
  const pl_conv_2d_geometry *g = &a->params.geometry;
  int32_t y = 0;
  int32_t x = 0;
  int32_t count;
  for (int32_t left = g->output_h * g->output_w; left > 0; left -= count) {
    count = left < 4 ? 1 : 4;
    for (int32_t i = 0; i < count; ++i) {
      conv_2d_s8_dsp_window(g, input, outside, y * g->stride.h - g->padding.h, x * g->stride.w - g->padding.w,
                            a->scratch + 2 * i, count == 1 ? pl_dense_dsp_widen_row : pl_dense_dsp_widen_slot);
      if (++x == g->output_w) {
        x = 0;
        ++y;
      }
    }
    if (count == 1) {
      pl_dense_dsp_one(&a->params.dense, a->filter, NULL, a->scratch, job->output);
    } else {
      pl_dense_dsp_four(job, a->filter);
    }
    job->output += count * g->output_c;
  }
}

void pl_conv_2d_s8_dsp(const void *args) {
  const pl_conv_2d_s8_dsp_args *a = args;
  const pl_conv_2d_geometry *g = &a->params.geometry;
  int8_t *outside = (int8_t *)(a->scratch + 16 * a->params.dense.quads);
  for (int32_t c = 0; c < g->input_c; ++c) {
    outside[c] = (int8_t)-a->params.input_offset;
  }
  pl_dense_dsp_job job = pl_dense_dsp_start(&a->params.dense, a->filter, g->output_c, a->scratch, a->output);
  for (int32_t batch = 0; batch < g->batches; ++batch) {
    conv_2d_s8_dsp_image(a, &job, a->input + batch * g->input_h * g->input_w * g->input_c, outside);
  }
  pl_clamp_dsp(a->output, (int32_t)(job.output - a->output), a->params.activation);
}
