// SPDX-License-Identifier: Apache-2.0
// Windows of any size over one plane: all elements of one output channel.
#ifndef PL_DEPTHWISE_CONV_2D_S8_DSP_CORE_H
#define PL_DEPTHWISE_CONV_2D_S8_DSP_CORE_H

#include "depthwise_conv_2d/kernel.h"

// Four outputs along the pair axis at a time. The plane's rows run along the pair axis.
typedef struct {
  int32_t bias;                  // twice what it is
  int32_t multiplier, rounding;  // rounding: half a unit and the output's zero point, in what is shifted
  int32_t shift;
  int32_t out_pair, out_step;  // bytes from element to element of the output along each axis
  int32_t outputs, steps;      // along each axis
  int32_t rows, words;         // of the window; words in a row
  int32_t row_bytes;           // from behind a row of the window to the next
  int32_t step_bytes;          // from step to step in the plane
  int32_t block_bytes;         // from four outputs to the next in the plane
  const int16_t *weights;      // words: two weights as they are, and those before them
  const int16_t *plane;
  int8_t *output;
  int8_t *at;    // the core's own
  int32_t left;  // as well
} depthwise_conv_2d_s8_dsp_core_job;

// Stride 1 and 2 along the pair axis.
void depthwise_conv_2d_s8_dsp_core_1(depthwise_conv_2d_s8_dsp_core_job *job);
void depthwise_conv_2d_s8_dsp_core_2(depthwise_conv_2d_s8_dsp_core_job *job);

#endif
