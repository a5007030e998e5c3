// SPDX-License-Identifier: Apache-2.0
#include "depthwise_conv_2d/s8_dsp_3x3_run.h"

#include "depthwise_conv_2d/s8_dsp_plane.h"
#include "pl_clamp_dsp.h"

// The constants of output channel `o`.
static void depthwise_conv_2d_s8_dsp_3x3_run_set(depthwise_conv_2d_s8_dsp_3x3_core_job *job,
                                                 const pl_depthwise_conv_2d_s8_dsp_3x3_args *a, int32_t o,
                                                 int32_t exact) {
  const int32_t shift = a->shift[o];
  const int32_t half = exact ? shift - 1 : shift - 2;  // of the last bit that is shifted out, of the product's rounding
  job->bias[0] = job->bias[1] = a->bias[o];
  job->multiplier = a->multiplier[o];
  job->rounding = (exact ? (int32_t)((uint32_t)a->params.rounding << shift) : a->params.rounding) + (1 << half);
  job->shift = shift;
  job->scale = exact ? 1 : shift;
}

void pl_depthwise_conv_2d_s8_dsp_3x3_run(const pl_depthwise_conv_2d_s8_dsp_3x3_args *a,
                                      depthwise_conv_2d_s8_dsp_3x3_core *core, int32_t exact) {
  const pl_depthwise_conv_2d_s8_dsp_3x3_params *p = &a->params;
  const pl_depthwise_conv_2d_plane *plane = &p->plane;
  depthwise_conv_2d_s8_dsp_3x3_core_job job;
  job.out_pair = job.out_pair2 = p->out_pair;
  job.out_step = p->out_step;
  job.strips = p->strips;
  job.odd = p->odd;
  job.out_strip = p->out_strip;
  job.plane_strip = p->plane_strip;
  job.plane_steps = p->plane_steps;
  job.pitch = plane->pitch;
  job.end = 0;
  depthwise_conv_2d_s8_dsp_plane_fill(a->scratch, plane->bytes * p->planes, plane->fill);
  const int8_t *input = a->input;
  int8_t *output = a->output;
  for (int32_t batch = 0; batch < p->batches; ++batch, input += p->input_batch, output += p->output_batch) {
    const int8_t *weights = a->filter;
    int32_t o = 0, next = 0;  // the output channel, and the first that reads planes which are not there yet
    const int16_t *at = a->scratch;
    for (int32_t c = 0; c < p->input_c; ++c, at += plane->bytes / 2) {
      if (c == next) {
        // Of two planes at the end of an odd number of channels, the first was there before.
        const int32_t back = p->input_c - c < p->planes ? 1 : 0;
        int16_t *start = a->scratch + plane->start / 2;
        const int8_t *from = input + c - back;
        if (p->planes == 2) {
          depthwise_conv_2d_s8_dsp_plane_two(from, start, plane);
        } else {
          depthwise_conv_2d_s8_dsp_plane_one(from, start, plane);
        }
        at = a->scratch + back * plane->bytes / 2;
        next = c + p->planes;
      }
      for (int32_t m = 0; m < p->ch_mult; ++m, ++o, weights += 9) {
        depthwise_conv_2d_s8_dsp_3x3_run_set(&job, a, o, exact);
        core(&job, weights, at, output + o);
      }
    }
  }
  pl_clamp_dsp(a->output, p->output_batch * p->batches, p->activation);
}
