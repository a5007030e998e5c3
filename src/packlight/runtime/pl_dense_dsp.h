// SPDX-License-Identifier: Apache-2.0
// Dense int8 layers on cores with the DSP extension: two output channels at a time, for four pixels or for one.
//
// SMLAD multiplies two pairs of int16. Four weights w0..w3 are stored as two int16, 256 * w1 + w0 and 256 * w3 + w2, and
// four inputs x0..x3 are widened to odd = (x1 - 127, x3 - 127) and even = (256 * x0 - odd0, 256 * x2 - odd1), so that
//   weights * odd + sign_extended_low_bytes(weights) * even = 256 * (w0*x0 + w1*(x1 - 127) + w2*x2 + w3*(x3 - 127)):
// one unpacking instruction for four products. Everything constant is folded into the bias. dense_dsp.py lays the filter
// out: for each pair of channels two words 256 * bias + shift, the words of their weights by turns, two multipliers.
// The accumulator's low byte, which products never touch, carries the shift to the requantisation, which is one exact
// 64-bit product with both of gemmlowp's rounding constants in the addend. That holds because
//   floor((floor((p + 2^30) / 2^31) + 2^(s-1)) / 2^s) = floor((p + 2^30 + 2^(30+s)) / 2^(31+s)).
#ifndef PL_DENSE_DSP_H
#define PL_DENSE_DSP_H

#include "pl_dense.h"

// Four pixels with all their channels. The assembly knows the order of the members.
typedef struct {
  int8_t *output;                     // first channel of the first pixel
  int32_t pixel_1, pixel_2, pixel_3;  // bytes from there to the other pixels
  int32_t zero, negative;             // as in pl_dense
  const int16_t *input;               // widened
  const uint8_t *filter_end;
  int32_t quads;
} pl_dense_dsp_job;

// A job whose pixels are `stride` bytes apart in the output.
PL_KERNEL pl_dense_dsp_job pl_dense_dsp_start(const pl_dense *dense, const int32_t *filter, int32_t stride,
                                              const int16_t *input, int8_t *output);
void pl_dense_dsp_four(const pl_dense_dsp_job *job, const int32_t *filter);

// The outputs of one pixel. The filter is without multipliers if `multiplier` is not NULL: then two words for all pairs.
void pl_dense_dsp_one(const pl_dense *dense, const int32_t *filter, const int32_t *multiplier, const int16_t *input,
                      int8_t *output);

// Widens `quads` (at least 1) times four inputs for pl_dense_dsp_one. Returns where the next ones go.
int16_t *pl_dense_dsp_widen_row(int16_t *to, const int8_t *from, int32_t quads);

// The same for one of the pixels of pl_dense_dsp_four, whose inputs begin 4 bytes apart.
int16_t *pl_dense_dsp_widen_slot(int16_t *to, const int8_t *from, int32_t quads);

// The same for all four, which are `stride` bytes apart; and then for further `pixels` - 1 behind each, leaving `gap`
// bytes after each four.
void pl_dense_dsp_widen_four(int16_t *to, const int8_t *from, int32_t quads, int32_t stride, int32_t pixels, int32_t gap);

#endif
