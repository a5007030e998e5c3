// SPDX-License-Identifier: Apache-2.0
// Two output channels of one plane at a time: for a depth multiplier that is even.
#ifndef PL_DEPTHWISE_CONV_2D_S8_DSP_MULTI_CORE_H
#define PL_DEPTHWISE_CONV_2D_S8_DSP_MULTI_CORE_H

#include "depthwise_conv_2d/kernel.h"

// What the core keeps on its stack, two numbers loaded at a time; pairs are of the two output channels.
typedef struct {
  int32_t bias[2];             // as weights, times 2^scale
  const int16_t *weights_end;  // behind the last row of the window
  int32_t row_bytes;           // in the plane, from behind a row of the window to the next
  int32_t multiplier[2];
  int32_t rounding[2];
  int32_t shift[2];  // where signs are seen
  int8_t *at;        // the core's own
  int32_t left;      // as well
  const int16_t *weights;
  int32_t block_bytes;  // from four outputs to the next in the plane
  const int16_t *plane;
  int8_t *output;
  int32_t step_bytes;  // from step to step in the plane
  int32_t out_step;    // bytes from element to element of the output along each axis
  int32_t outputs, steps;
  int32_t out_pair;
  const int16_t *block;  // the core's own
} depthwise_conv_2d_s8_dsp_multi_core_job;

// Stride 2 along the pair axis, rows of up to 8 weights; outputs whose rounding does not depend on the sum's sign, or
// any.
void depthwise_conv_2d_s8_dsp_multi_core_up(const depthwise_conv_2d_s8_dsp_multi_core_job *job);
void depthwise_conv_2d_s8_dsp_multi_core_exact(const depthwise_conv_2d_s8_dsp_multi_core_job *job);

#endif
