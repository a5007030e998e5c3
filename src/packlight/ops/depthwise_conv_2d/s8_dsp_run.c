// SPDX-License-Identifier: Apache-2.0
#include "depthwise_conv_2d/s8_dsp_run.h"

#include "pl_clamp_dsp.h"

// Words that are read and written as halfwords as well.
typedef int32_t __attribute__((may_alias)) depthwise_conv_2d_s8_dsp_run_word;

void pl_depthwise_conv_2d_s8_dsp_run_fill(void *words, int32_t count, int32_t value) {
  depthwise_conv_2d_s8_dsp_run_word *to = words;
  PL_ROLLED
  for (; count > 0; --count) {
    *to++ = value;
  }
}

void pl_depthwise_conv_2d_s8_dsp_run_widen(const pl_depthwise_conv_2d_s8_dsp_params *p, const int8_t *input,
                                        int16_t *plane) {
  plane += p->start;
  PL_ROLLED
  for (int32_t step = p->in_steps; step > 0; --step, input += p->in_step, plane += p->pitch) {
    const int8_t *from = input;
    int16_t *to = plane;
    PL_ROLLED
    for (int32_t left = p->in_pairs; left > 0; --left, from += p->in_pair) {
      *to++ = *from;
    }
  }
}

// Copies a channel and the next into two planes.
static PL_KERNEL void depthwise_conv_2d_s8_dsp_run_widen_two(const pl_depthwise_conv_2d_s8_dsp_params *p,
                                                             const int8_t *input,
                                                             int16_t *planes) {
  int16_t *first = planes + p->start, *second = first + 2 * p->plane_words;
  PL_ROLLED
  for (int32_t step = p->in_steps; step > 0; --step, input += p->in_step, first += p->pitch, second += p->pitch) {
    const int8_t *from = input;
    int16_t *to = first, *also = second;
    int32_t left = p->in_pairs;
    PL_ROLLED
    for (; left >= 2; left -= 2, from += 2 * p->in_pair, to += 2, also += 2) {
      uint32_t low, high;
      __asm__ volatile(
          "ldrh %0, [%2]\n\t"
          "ldrh %1, [%2, %3]\n\t"
          "orr %0, %0, %1, lsl #16\n\t"
          "sxtb16 %1, %0, ror #8\n\t"
          "sxtb16 %0, %0\n\t"
          "str %0, [%4]\n\t"
          "str %1, [%5]"
          : "=&r"(low), "=&r"(high)
          : "r"(from), "r"(p->in_pair), "r"(to), "r"(also)
          : "memory");
    }
    if (left) {
      *to = from[0];
      *also = from[1];
    }
  }
}

// Doubles the weights of an output channel and lays them out twice: words of neighbours from each even tap on, and from
// each odd tap on. Gaps are zero since the start.
static PL_KERNEL void depthwise_conv_2d_s8_dsp_run_weights(const pl_depthwise_conv_2d_s8_dsp_params *p,
                                                           const int8_t *filter,
                                                           int16_t *weights) {
  PL_ROLLED
  for (int32_t row = p->rows; row > 0; --row, weights += p->words * 4) {
    int32_t tap = 0;
    PL_ROLLED
    for (int32_t left = p->taps; left > 0; --left, tap += p->dilation) {
      int16_t *at = weights + (tap >> 1) * 4;
      const int16_t weight = (int16_t)(*filter++ * 2);
      if (tap & 1) {
        at[1] = at[6] = weight;
      } else {
        at[0] = at[3] = weight;
      }
    }
  }
}

static PL_KERNEL void depthwise_conv_2d_s8_dsp_run_constants(depthwise_conv_2d_s8_dsp_core_job *job,
                                                             const pl_depthwise_conv_2d_s8_dsp_args *a,
                                                             int32_t o) {
  const int32_t shift = a->shift[o];
  job->bias = a->bias[o];
  job->multiplier = a->multiplier[o];
  job->shift = shift;
  job->rounding = a->params.output_offset * (1 << shift) + (1 << (shift - 1));
}

void pl_depthwise_conv_2d_s8_dsp_run(const pl_depthwise_conv_2d_s8_dsp_args *a,
                                  void (*core)(depthwise_conv_2d_s8_dsp_core_job *job)) {
  const pl_depthwise_conv_2d_s8_dsp_params *p = &a->params;
  int16_t *weights = a->scratch, *planes = weights + p->rows * p->words * 4 + 4;
  pl_depthwise_conv_2d_s8_dsp_run_fill(weights, p->rows * p->words * 2, 0);
  pl_depthwise_conv_2d_s8_dsp_run_fill(planes, p->planes * p->plane_words,
                                       (p->fill & 0xffff) | p->fill * 65536);
  depthwise_conv_2d_s8_dsp_core_job job = {0};
  job.out_pair = p->out_pair;
  job.out_step = p->out_step;
  job.outputs = p->outputs;
  job.rows = p->rows;
  job.words = p->words;
  job.row_bytes = p->row_bytes;
  job.step_bytes = p->step_bytes;
  job.block_bytes = p->block_bytes;
  job.weights = weights;
  PL_ROLLED
  for (int32_t batch = 0; batch < p->batches; ++batch) {
    const int8_t *filter = a->filter;
    int8_t *output = a->output + batch * p->output_batch;
    const int16_t *plane = planes;
    PL_ROLLED
    for (int32_t c = 0, o = 0, next = 0; c < p->input_c; ++c, plane += 2 * p->plane_words) {
      if (c == next) {
        // Of two planes at the end of an odd number of channels, the first was there before.
        const int32_t back = p->input_c - c < p->planes ? 1 : 0;
        const int8_t *input = a->input + batch * p->input_batch + c - back;
        if (p->planes == 2) {
          depthwise_conv_2d_s8_dsp_run_widen_two(p, input, planes);
        } else {
          pl_depthwise_conv_2d_s8_dsp_run_widen(p, input, planes);
        }
        plane = planes + back * 2 * p->plane_words;
        next = c + p->planes;
      }
      PL_ROLLED
      for (int32_t m = 0; m < p->ch_mult; ++m, ++o, filter += p->rows * p->taps) {
        depthwise_conv_2d_s8_dsp_run_weights(p, filter, weights);
        depthwise_conv_2d_s8_dsp_run_constants(&job, a, o);
        job.steps = p->steps;
        job.plane = plane;
        job.output = output + o;
        core(&job);
      }
    }
  }
  pl_clamp_dsp(a->output, p->output_batch * p->batches, p->activation);
}
