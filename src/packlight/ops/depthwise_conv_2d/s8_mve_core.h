// SPDX-License-Identifier: Apache-2.0
// Windows of up to 64 inputs: of each channel the inputs of one row of outputs lie in a plane of columns, so that every
// window is one run of bytes.
#ifndef PL_DEPTHWISE_CONV_2D_S8_MVE_CORE_H
#define PL_DEPTHWISE_CONV_2D_S8_MVE_CORE_H

#include "pl.h"

typedef struct {
  const int8_t *plane;    // [input channel][column][row of the window]
  int8_t *output;
  const int8_t *weights;  // [output channel][x][y]
  const int32_t *bias;    // with the shift in the lowest byte, and the multiplier
  int32_t channels;       // of the output; counted down
  int32_t taps;           // weights of a channel
  int32_t plane_step;     // bytes from one plane to the next
  int32_t ch_mult;        // output channels of a plane
  int32_t left;           // of these; begins as ch_mult
  int32_t step;           // bytes from one output's window to the next one's
  int32_t pixel;          // bytes from one output to the next
  int32_t output_offset;
  int32_t whole;          // outputs in fours
  int32_t cut;            // 1: and some more,
  int32_t mask;           // four bits each
  int32_t weight_masks[4];
  uint8_t weight_offsets[64];  // where the weights of a window's inputs are
} depthwise_conv_2d_s8_mve_job;

// Spreads a row of `width` pixels, `step` bytes each, over the planes of up to eight channels.
void depthwise_conv_2d_s8_mve_spread(int8_t *plane, const int8_t *pixels, int32_t step, int32_t width, int32_t channels,
                                     int32_t plane_step, int32_t column);

// Windows of up to 16, 32 and 64 inputs.
void depthwise_conv_2d_s8_mve_core1(depthwise_conv_2d_s8_mve_job *job);
void depthwise_conv_2d_s8_mve_core2(depthwise_conv_2d_s8_mve_job *job);
void depthwise_conv_2d_s8_mve_core4(depthwise_conv_2d_s8_mve_job *job);

#endif
