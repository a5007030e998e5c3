// SPDX-License-Identifier: Apache-2.0
// A window of 3x3 without stride by Winograd's F(2x2, 3x3): 4 products instead of 9, and much working memory.
//
// The inputs of a band of tiles are transformed. Then the weights of two output channels at a time are, and meet the
// whole band. Outputs of a tile that lie outside of the output go where nobody reads them.
#include "conv_2d/kernel.h"
#include "conv_2d/s8_dsp_winograd_block.h"
#include "pl_clamp_dsp.h"

// The working memory, and the next tile.
typedef struct {
  int16_t *input, *weights;
  int8_t **pixels;      // [band, 4]
  int8_t *outside;      // a pixel of zero points
  int8_t *unseen;       // a pixel that nobody reads
  int32_t batch, y, x;  // the next tile's first output
} conv_2d_s8_dsp_winograd_band;

// Transforms the inputs of the next tile.
static void conv_2d_s8_dsp_winograd_tile(const pl_conv_2d_s8_dsp_args *a, const conv_2d_s8_dsp_winograd_band *band,
                                         int16_t *to) {
  const pl_conv_2d_geometry *g = &a->params.geometry;
  const int32_t y0 = band->y - g->padding.h;
  const int32_t pitch = g->input_w * g->input_c;
  const int32_t first = (band->batch * g->input_h + y0) * pitch;
  const int8_t *pixels[16];
  const int8_t **pixel = pixels;
  for (int32_t x = band->x - g->padding.w + 3; pixel < pixels + 16; --x) {
    int32_t at = first + x * g->input_c;
    for (int32_t y = y0; y < y0 + 4; ++y, at += pitch) {
      const int inside = x >= 0 && x < g->input_w && y >= 0 && y < g->input_h;
      *pixel++ = inside ? a->input + at : band->outside;
    }
  }
  conv_2d_s8_dsp_winograd_input(to, pixels, a->params.dense.quads, 8 * g->input_c);
}

// Notes where the next tile's outputs go, and moves on to the tile behind it.
static void conv_2d_s8_dsp_winograd_next(const pl_conv_2d_s8_dsp_args *a, conv_2d_s8_dsp_winograd_band *band,
                                         int8_t **pixels) {
  const pl_conv_2d_geometry *g = &a->params.geometry;
  const int right = band->x + 1 < g->output_w;
  const int below = band->y + 1 < g->output_h;
  const int32_t pitch = g->output_w * g->output_c;
  int8_t *output = a->output + (band->batch * g->output_h + band->y) * pitch + band->x * g->output_c;
  pixels[0] = output;
  pixels[1] = right ? output + g->output_c : band->unseen;
  pixels[2] = below ? output + pitch : band->unseen;
  pixels[3] = right && below ? output + pitch + g->output_c : band->unseen;
  band->x += 2;
  if (band->x >= g->output_w) {
    band->x = 0;
    band->y += 2;
  }
  if (band->y >= g->output_h) {
    band->y = 0;
    ++band->batch;
  }
}

// The outputs of a band's tiles.
static void conv_2d_s8_dsp_winograd_multiply(const pl_conv_2d_s8_dsp_args *a, const conv_2d_s8_dsp_winograd_band *band,
                                             conv_2d_s8_dsp_winograd_job job, int32_t tiles) {
  const pl_conv_2d_geometry *g = &a->params.geometry;
  const int32_t *filter = a->filter + 2 * g->output_c;
  job.constants = a->filter;
  for (job.channel = 0; job.channel < g->output_c; job.channel += 2, job.constants += 4) {
    job.channels = job.channel + 1 < g->output_c ? 2 : 1;
    for (int32_t i = 0; i < job.channels; ++i, filter += 9 * a->params.dense.quads) {
      conv_2d_s8_dsp_winograd_weights(band->weights + 2 * i, filter, a->params.dense.quads, 4 * g->input_c);
    }
    job.input = band->input;
    job.pixels = band->pixels;
    for (int32_t tile = 0; tile < tiles; tile += 4, job.pixels += 16, job.input += 64 * g->input_c) {
      conv_2d_s8_dsp_winograd_block(&job);
    }
  }
}

void pl_conv_2d_s8_dsp_winograd(const void *args) {
  const pl_conv_2d_s8_dsp_args *a = args;
  const pl_conv_2d_geometry *g = &a->params.geometry;
  const int32_t span = a->params.span;
  conv_2d_s8_dsp_winograd_band band = {.input = a->scratch, .weights = a->scratch + 16 * span * g->input_c};
  int32_t *products = (int32_t *)(band.weights + 32 * g->input_c);
  band.pixels = (int8_t **)(products + 128);
  band.outside = (int8_t *)(band.pixels + 4 * span);
  band.unseen = band.outside + g->input_c;
  for (int32_t c = 0; c < g->input_c; ++c) {
    band.outside[c] = (int8_t)-a->params.input_offset;
  }
  const int32_t later = 2 * a->params.dense.quads - 2;  // steps in the loop
  const conv_2d_s8_dsp_winograd_job job = {
      .weights = band.weights,
      .place_bytes = 8 * g->input_c,
      .first_step = CONV_2D_S8_DSP_WINOGRAD_STEP_BYTES * (later == 0 ? 6 : 5 * later % 6),
      .zero = a->params.dense.zero,
      .products = products,
      .products_end = products + 128,
  };
  while (band.batch < g->batches) {
    int32_t tiles = 0;
    for (; tiles < span && band.batch < g->batches; ++tiles) {
      conv_2d_s8_dsp_winograd_tile(a, &band, band.input + (tiles & ~3) * 16 * g->input_c + 2 * (tiles & 3));
      conv_2d_s8_dsp_winograd_next(a, &band, band.pixels + 4 * tiles);
    }
    for (int32_t i = 4 * tiles; i % 16 > 0; ++i) {
      band.pixels[i] = band.unseen;
    }
    conv_2d_s8_dsp_winograd_multiply(a, &band, job, tiles);
  }
  pl_clamp_dsp(a->output, g->batches * g->output_h * g->output_w * g->output_c, a->params.activation);
}
