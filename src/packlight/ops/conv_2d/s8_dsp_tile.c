// SPDX-License-Identifier: Apache-2.0
// A window of several pixels whose channels are whole words, where the output's rows are of whole fours of pixels.
//
// Of a tile of 4 * span neighbours, the pixels t, t + span, t + 2 * span and t + 3 * span are computed together. So the
// windows of all t share one widened band, column after column, in which a window is one run.
#include "conv_2d/kernel.h"
#include "pl_clamp_dsp.h"
#include "pl_dense_dsp.h"

typedef struct {
  const pl_conv_2d_geometry *geometry;
  const int8_t *outside;  // a pixel of zero points
  int32_t columns;        // of the band
  int32_t apart;          // columns of the input between the four
} conv_2d_s8_dsp_tile_band;

// Widens some columns of one row of the band, each pixel on its own, as they may lie outside of the row `from` (or NULL).
static void conv_2d_s8_dsp_tile_edge(const conv_2d_s8_dsp_tile_band *band, const int8_t *from, int16_t *to, int32_t x,
                                     int32_t columns) {
  const pl_conv_2d_geometry *g = band->geometry;
  for (; columns > 0; --columns, ++x, to += 4 * g->filter_h * g->input_c) {
    for (int32_t i = 0; i < 4; ++i) {
      const int32_t at = x + i * band->apart;
      const int inside = from && at >= 0 && at < g->input_w;
      pl_dense_dsp_widen_slot(to + 2 * i, inside ? from + at * g->input_c : band->outside, g->input_c / 4);
    }
  }
}

// Widens the band of the output pixels from y, x on.
static void conv_2d_s8_dsp_tile_widen(const conv_2d_s8_dsp_tile_band *band, const int8_t *input, int32_t y, int32_t x,
                                      int16_t *to) {
  const pl_conv_2d_geometry *g = band->geometry;
  const int32_t first = x * g->stride.w - g->padding.w;
  const int32_t last = g->input_w - first - 3 * band->apart;
  const int32_t column = 4 * g->filter_h * g->input_c;  // elements
  for (int32_t ky = 0; ky < g->filter_h; ++ky, to += 4 * g->input_c) {
    const int32_t at = y * g->stride.h - g->padding.h + ky * g->dilation.h;
    const int8_t *from = at >= 0 && at < g->input_h ? input + at * g->input_w * g->input_c : NULL;
    const int32_t begin = from && first >= 0 ? 0 : from && -first < band->columns ? -first : band->columns;
    const int32_t end = last < begin ? begin : last < band->columns ? last : band->columns;
    conv_2d_s8_dsp_tile_edge(band, from, to, first, begin);
    if (end > begin) {
      pl_dense_dsp_widen_four(to + begin * column, from + (first + begin) * g->input_c, g->input_c / 4,
                              band->apart * g->input_c, end - begin, 2 * (column - 4 * g->input_c));
    }
    conv_2d_s8_dsp_tile_edge(band, from, to + end * column, first + end, band->columns - end);
  }
}

void pl_conv_2d_s8_dsp_tile(const void *args) {
  const pl_conv_2d_s8_dsp_args *a = args;
  const pl_conv_2d_geometry *g = &a->params.geometry;
  const int32_t span = a->params.span;
  const int32_t columns = (span - 1) * g->stride.w + g->filter_w;
  const int32_t column = 4 * g->filter_h * g->input_c;
  int8_t *outside = (int8_t *)(a->scratch + columns * column);
  for (int32_t c = 0; c < g->input_c; ++c) {
    outside[c] = (int8_t)-a->params.input_offset;
  }
  const conv_2d_s8_dsp_tile_band band = {g, outside, columns, span * g->stride.w};
  pl_dense_dsp_job job = pl_dense_dsp_start(&a->params.dense, a->filter, span * g->output_c, a->scratch, a->output);
  int8_t *output = a->output;
  for (int32_t row = 0; row < g->batches * g->output_h; ++row) {
    const int8_t *input = a->input + row / g->output_h * g->input_h * g->input_w * g->input_c;
    for (int32_t x = 0; x < g->output_w; x += 4 * span, output += 4 * span * g->output_c) {
      conv_2d_s8_dsp_tile_widen(&band, input, row % g->output_h, x, a->scratch);
      job.input = a->scratch;
      for (job.output = output; job.output < output + span * g->output_c; job.output += g->output_c) {
        pl_dense_dsp_four(&job, a->filter);
        job.input += g->stride.w * column;
      }
    }
  }
  pl_clamp_dsp(a->output, (int32_t)(output - a->output), a->params.activation);
}
