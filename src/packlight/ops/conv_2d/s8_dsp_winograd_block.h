// SPDX-License-Identifier: Apache-2.0
// Winograd's F(2x2, 3x3) in integers, on cores with the DSP extension: 2x2 outputs of a window of 3x3 from 4x4 inputs.
//
// With g of 3x3 weights and d of 4x4 inputs, the outputs are A' [(G g G') * (B' d B)] A / 4, exactly, where
//   G = 2 0 0    B' = 1  0 -1  0    A' = 1 1  1  0
//       1 1 1         0  1  1  0         0 1 -1 -1
//       1 -1 1        0 -1  1  0
//       0 0 2         0  1  0 -1
// The factors 2 of G are left to the last step, so that transformed weights take 12 bits and inputs 10. The products of
// each of the 16 places of a transformed tile are summed over the channels in 32 bits; they may wrap, as the outcome does
// not. The places are in the order of their y = 0, 2, 3, 1, then of their x = 0 to 3.
#ifndef PL_CONV_2D_S8_DSP_WINOGRAD_BLOCK_H
#define PL_CONV_2D_S8_DSP_WINOGRAD_BLOCK_H

#include "pl.h"

// Four tiles with two output channels. The assembly knows the order of the members.
typedef struct {
  const int16_t *input;      // transformed: [16 places, input channels / 2, 4 tiles, 2]
  const int16_t *weights;    // transformed: [16 places, input channels / 2, 2 output channels, 2]
  int32_t place_bytes;       // of the transformed input
  int32_t first_step;        // bytes into the unrolled loop, to the step with which its first turn begins
  const int32_t *constants;  // [2 output channels, 2]: 256 * bias + shift as in pl_dense_dsp.h, multiplier
  int32_t zero;              // as in pl_dense
  int8_t *const *pixels;     // [4 tiles, 4]: where the outputs of channel 0 go: upper left, upper right, lower ones
  int32_t channel;           // the first of the two
  int32_t channels;          // 1: the second is not wanted
  int32_t *products;         // [16 places, 2 output channels, 4 tiles], working memory
  int32_t *products_end;
} conv_2d_s8_dsp_winograd_job;

// Of a step of the unrolled loop. The loop has 6; the first two of the input channels / 2 stand before it.
#define CONV_2D_S8_DSP_WINOGRAD_STEP_BYTES 44

void conv_2d_s8_dsp_winograd_block(const conv_2d_s8_dsp_winograd_job *job);

// Transforms 4 * `fours` channels of a tile. The pixels are x = 3 to 0, of each y = 0 to 3.
void conv_2d_s8_dsp_winograd_input(int16_t *to, const int8_t *const pixels[16], int32_t fours, int32_t place_bytes);

// Transforms the weights of one output channel: [input channels / 4, 3 of x = 2 to 0, 3 of y, 4].
void conv_2d_s8_dsp_winograd_weights(int16_t *to, const int32_t *weights, int32_t fours, int32_t place_bytes);

#endif
