// SPDX-License-Identifier: Apache-2.0
// A window of one pixel, whose channels are whole words.
#include "conv_2d/kernel.h"
#include "pl_clamp_dsp.h"
#include "pl_dense_dsp.h"

void pl_conv_2d_s8_dsp_1x1(const void *args) {
  const pl_conv_2d_s8_dsp_args *a = args;
  const pl_conv_2d_geometry *g = &a->params.geometry;
  const int32_t quads = a->params.dense.quads;
  const int32_t stride = g->stride.w * g->input_c;
  pl_dense_dsp_job job = pl_dense_dsp_start(&a->params.dense, a->filter, g->output_c, a->scratch, a->output);
  for (int32_t row = 0; row < g->batches * g->output_h; ++row) {
    const int32_t y = row / g->output_h * g->input_h + row % g->output_h * g->stride.h;
    const int8_t *from = a->input + y * g->input_w * g->input_c;
    int8_t *end = job.output + g->output_w * g->output_c;
    for (; end - job.output >= 4 * g->output_c; from += 4 * stride, job.output += 4 * g->output_c) {
      pl_dense_dsp_widen_four(a->scratch, from, quads, stride, 1, 0);
      pl_dense_dsp_four(&job, a->filter);
    }
    for (; job.output < end; from += stride, job.output += g->output_c) {
      pl_dense_dsp_widen_row(a->scratch, from, quads);
      pl_dense_dsp_one(&a->params.dense, a->filter, NULL, a->scratch, job.output);
    }
  }
  pl_clamp_dsp(a->output, (int32_t)(job.output - a->output), a->params.activation);
}
