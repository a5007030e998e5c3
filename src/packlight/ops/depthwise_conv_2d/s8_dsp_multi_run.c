// SPDX-License-Identifier: Apache-2.0
#include "depthwise_conv_2d/s8_dsp_multi_run.h"

#include "depthwise_conv_2d/s8_dsp_run.h"
#include "pl_clamp_dsp.h"

#define ROW 16  // halfwords of a row of weights of two channels

// Scales the weights of an output channel; those of two channels take turns, word by word. Gaps are zero.
static PL_KERNEL void depthwise_conv_2d_s8_dsp_multi_run_weights(const pl_depthwise_conv_2d_s8_dsp_params *p,
                                                                 const int8_t *filter, int32_t scale,
                                                                 int16_t *weights) {
  PL_ROLLED
  for (int32_t row = p->rows; row > 0; --row, weights += ROW) {
    int32_t tap = 0;
    PL_ROLLED
    for (int32_t left = p->taps; left > 0; --left, tap += p->dilation) {
      weights[(tap >> 1) * 4 + (tap & 1)] = (int16_t)(*filter++ * (1 << scale));
    }
  }
}

// One of the two output channels of a job.
static PL_KERNEL void depthwise_conv_2d_s8_dsp_multi_run_set(depthwise_conv_2d_s8_dsp_multi_core_job *job,
                                                             int32_t which, const pl_depthwise_conv_2d_s8_dsp_args *a,
                                                             int32_t o, int32_t exact) {
  const pl_depthwise_conv_2d_s8_dsp_params *p = &a->params;
  const int32_t shift = a->shift[o];
  job->bias[which] = a->bias[o];
  job->multiplier[which] = a->multiplier[o];
  job->shift[which] = shift;
  job->rounding[which] = exact ? p->output_offset * (1 << shift) + (1 << (shift - 1))
                               : p->output_offset * (1 << 13) + (1 << 12) + (1 << (shift - 2));
  const int8_t *filter = a->filter + o * p->rows * p->taps;
  depthwise_conv_2d_s8_dsp_multi_run_weights(p, filter, exact ? 1 : shift, a->scratch + 2 * which);
}

void pl_depthwise_conv_2d_s8_dsp_multi_run(const pl_depthwise_conv_2d_s8_dsp_args *a,
                                           void (*core)(const depthwise_conv_2d_s8_dsp_multi_core_job *job),
                                           int32_t exact) {
  const pl_depthwise_conv_2d_s8_dsp_params *p = &a->params;
  int16_t *weights = a->scratch, *plane = weights + p->rows * ROW;
  pl_depthwise_conv_2d_s8_dsp_run_fill(weights, p->rows * ROW / 2, 0);
  pl_depthwise_conv_2d_s8_dsp_run_fill(plane, p->plane_words, (p->fill & 0xffff) | p->fill * 65536);
  depthwise_conv_2d_s8_dsp_multi_core_job job;
  job.weights_end = plane;
  job.row_bytes = p->row_bytes;
  job.weights = weights;
  job.block_bytes = p->block_bytes;
  job.plane = plane;
  job.step_bytes = p->step_bytes;
  job.out_step = p->out_step;
  job.outputs = p->outputs;
  job.steps = p->steps;
  job.out_pair = p->out_pair;
  job.at = job.output = NULL;
  job.left = 0;
  job.block = NULL;
  PL_ROLLED
  for (int32_t batch = 0; batch < p->batches; ++batch) {
    int8_t *output = a->output + batch * p->output_batch;
    PL_ROLLED
    for (int32_t c = 0, o = 0; c < p->input_c; ++c) {
      pl_depthwise_conv_2d_s8_dsp_run_widen(p, a->input + batch * p->input_batch + c, plane);
      PL_ROLLED
      for (int32_t m = 0; m < p->ch_mult; m += 2, o += 2) {
        depthwise_conv_2d_s8_dsp_multi_run_set(&job, 0, a, o, exact);
        depthwise_conv_2d_s8_dsp_multi_run_set(&job, 1, a, o + 1, exact);
        job.output = output + o;
        core(&job);
      }
    }
  }
  pl_clamp_dsp(a->output, p->output_batch * p->batches, p->activation);
}
