// SPDX-License-Identifier: Apache-2.0
// Windows of up to 3x3, by patches of 4x4 inputs of one channel in one register.
//
// A strip holds four rows of sixteen channels, columns of 64 bytes: [column][channel][row].
#ifndef PL_DEPTHWISE_CONV_2D_S8_MVE_3X3_CORE_H
#define PL_DEPTHWISE_CONV_2D_S8_MVE_3X3_CORE_H

#include "pl.h"

typedef struct {
  int32_t strips;       // one after the other; 0: there are no more blocks
  int32_t whole;        // patches of a strip all of whose outputs are stored,
  int32_t cut;          // and then those of which only `mask` is
  int32_t mask;         // four bits an output
  int32_t strip_step;   // bytes from the patch after a strip's last one to the next strip
  int32_t output_step;  // the same of the outputs
} depthwise_conv_2d_s8_mve_3x3_block;

typedef struct {
  const int8_t *strip;
  int8_t *output;
  const int8_t *weights;  // [channel][x][y]
  const int32_t *bias;    // with the shift in the lowest byte, and the multiplier
  int32_t channels;       // at most 16; counted down
  int32_t taps;           // weights of a channel
  int32_t pixel;          // bytes from one output to the next in its row
  int32_t row;            // bytes from one row of outputs to the next
  int32_t output_offset;
  int32_t weight_mask;
  uint8_t weight_offsets[16];
  depthwise_conv_2d_s8_mve_3x3_block blocks[4];  // at least one, and one with no strips at the end
} depthwise_conv_2d_s8_mve_3x3_job;

typedef struct {
  const int8_t *rows[4];
  int32_t steps[4];  // bytes from pixel to pixel; 0 in a row outside of the input
} depthwise_conv_2d_s8_mve_3x3_rows;

// Interleaves `width` pixels of `channels` (at most 16) elements.
void depthwise_conv_2d_s8_mve_3x3_interleave(const depthwise_conv_2d_s8_mve_3x3_rows *rows, int8_t *strip,
                                             int32_t width, int32_t channels);

// Stride 1: a patch gives 2x2 outputs. Stride 2: four patches give four outputs of a row.
void depthwise_conv_2d_s8_mve_3x3_step1(depthwise_conv_2d_s8_mve_3x3_job *job);
void depthwise_conv_2d_s8_mve_3x3_step2(depthwise_conv_2d_s8_mve_3x3_job *job);

#endif
