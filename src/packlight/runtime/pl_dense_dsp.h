// SPDX-License-Identifier: Apache-2.0
// Dense int8 layers on cores with the DSP extension: two output channels at a time, for four pixels or for one.
//
// SMLAD multiplies two pairs of int16. Four weights w0..w3 are stored as two int16, 256 * w1 + w0 and 256 * w3 + w2, and
// four inputs x0..x3 are widened to odd = (x1 - 127, x3 - 127) and even = (256 * x0 - odd0, 256 * x2 - odd1), so that
//   weights * odd + sign_extended_low_bytes(weights) * even = 256 * (w0*x0 + w1*(x1 - 127) + w2*x2 + w3*(x3 - 127)):
// one unpacking instruction for four products. Everything constant is folded into the bias; dense_dsp.py lays it out:
//   filter: for each pair of channels two words 256 * bias + shift, then the words of their weights, taking turns;
//   multiplier: two words for each pair.
// The accumulator's low byte, which products never touch, carries the shift to the requantisation, which is one exact
// 64-bit product with both of gemmlowp's rounding constants in the addend. That holds because
//   floor((floor((p + 2^30) / 2^31) + 2^(s-1)) / 2^s) = floor((p + 2^30 + 2^(30+s)) / 2^(31+s)).
#ifndef PL_DENSE_DSP_H
#define PL_DENSE_DSP_H

#include "pl_dense.h"

// Up to four pixels with all their channels. The assembly knows the order of the members.
typedef struct {
  int8_t *output;             // first channel of the first pixel
  int32_t pixel_1, pixel_2, pixel_3;  // bytes from there to the others; 0 for a pixel that is not wanted
  const int32_t *multiplier;
  int32_t multiplier_step, zero, negative;  // as in pl_dense
  const int16_t *input;       // widened
  const int16_t *input_end;
  const int32_t *filter_end;  // behind the last pair; one byte before that if its second channel is not wanted
  int32_t quads;
} pl_dense_dsp_job;

// Widen `quads` times four inputs, for one of the four pixels of pl_dense_dsp_four (whose places are 4 bytes apart), or
// for pl_dense_dsp_one. Returns where the next inputs go.
typedef int16_t *pl_dense_dsp_widen(int16_t *to, const int8_t *from, int32_t quads);
pl_dense_dsp_widen pl_dense_dsp_widen_slot, pl_dense_dsp_widen_row;

// Widens for all four pixels at once; they are `stride` bytes apart.
int16_t *pl_dense_dsp_widen_four(int16_t *to, const int8_t *from, int32_t quads, int32_t stride);

// The outputs of four pixels, and of one.
void pl_dense_dsp_four(const pl_dense_dsp_job *job, const int32_t *filter);
void pl_dense_dsp_one(const pl_dense_dsp_job *job, const int32_t *filter);

// The outputs of 1 to 4 pixels that lie behind one another, from inputs widened for pl_dense_dsp_one if `pixels` is 1.
void pl_dense_dsp(const pl_dense *dense, const int32_t *filter, const int32_t *multiplier, const int16_t *input,
                  int32_t pixels, int8_t *output);

// Clamps outputs that are narrower than int8.
void pl_dense_dsp_clamp(int8_t *output, int32_t count, pl_activation range);

#endif
