// SPDX-License-Identifier: Apache-2.0
// Cores for Cortex-M without SIMD, Thumb-1 subset: six dot products by four multiplications a step.
//
// A quad packs six int8 values x0..x5 into four words: x0 + (x1 << 21), x2 + (x1 << 10), x3 + (x4 << 21), x5 + (x4 <<
// 10). Multiplied by weights and summed modulo 2^32, two words still give three sums back when each is in [-2^20,
// 2^20): word 0 has s0 in its low 21 bits and 11 bits of s1 above; these taken from word 1, its low 21 bits are s2,
// the rest s1.
#ifndef PL_QUAD_THUMB_H
#define PL_QUAD_THUMB_H

#include "pl.h"

// Glue that several calls share, for which a copy specialised for each is not worth its flash.
#if defined(__GNUC__) && !defined(__clang__)
#define PL_QUAD_THUMB_SHARED __attribute__((noinline, noclone))
#elif defined(__GNUC__)
#define PL_QUAD_THUMB_SHARED __attribute__((noinline))
#else
#define PL_QUAD_THUMB_SHARED
#endif

// How a sum becomes an output. With shift = rest & 255, high = factor >> shift, low = factor mod 2^shift, most =
// ((rest >> 8 & 2047) << base mod 32) >> 1 and at = clamp(sum + (base >> 5), 0, most), all modulo 2^32: u = at * high
// + (at * low >> shift) + ((least + 1) << 24) - ((rest >> 19) * (high >> 4) >> 9), output = u >> 24, where least is
// activation.min. Signed: 2^(24 - base mod 32) less if u < (zero point + 1) << 24.
typedef struct {
  int32_t base;
  uint32_t factor, rest;
} pl_quad_thumb_scale;

// Six pixels at once: what the cores read. Its order is known to pl_quad_thumb.S.
typedef struct {
  const uint32_t *x;                 // quads
  const void *weights;               // dense: uint8_t, weight + 128, [end][all parts]; window: int32_t [taps]
  const pl_quad_thumb_scale *scale;  // dense: [end]; window: one
  int32_t end;                       // output channels; window: bytes of output from the first position on
  uint32_t one;                      // (least + 1) << 24
  int32_t zero;                      // signed: ((the output's zero point + 1) << 24) - 1
  int8_t *out[6];                    // where the first six outputs go; equal pointers get equal values
  const uint32_t *start;             // dense: -128 * the sum of the quads of each part, [parts][4]
  int32_t first;                     // weights of the first part; window: taps
  int32_t skip;                      // what `first` lacks to a multiple of 12; window: what a row of taps lacks to 16
  int32_t parts;                     // long: how many
  int32_t length;                    // long: weights of a part but the first, 12 times n; window: bytes of output
                                     // from a row's first position to behind its last
  void (*finish)(void);              // one of pl_quad_thumb_finish...; long: of ..._sums
} pl_quad_thumb_block;

// Window: how the core walks over positions and taps.
typedef struct {
  pl_quad_thumb_block block;
  int32_t at_step;   // bytes of output from position to position
  int32_t at_row;    // bytes of output from row to row
  int32_t x_step;    // bytes of quads from position to position
  int32_t x_jump;    // bytes more from a row's last position to the next row
  int32_t row_skip;  // bytes of quads between a window's rows of taps
  int32_t row_taps;  // bytes of weights of a row of taps
} pl_quad_thumb_plane;

// Writes one half (three values) of `count` > 0 quads: to[0], to[1], to[4], to[5], ... from three rows.
void pl_quad_thumb_pack(uint32_t *to, const int8_t *const *from, int32_t count);

// Copies a matrix of bytes. Its order is known to pl_quad_thumb.S.
typedef struct {
  int8_t *to;
  const int8_t *from;
  int32_t step;     // bytes from column to column of `from`
  int32_t columns;  // more than 0
  int32_t rows;     // more than 0
  int32_t to_skip, from_skip;  // bytes more from behind a row to the next
} pl_quad_thumb_matrix;
void pl_quad_thumb_copy(const pl_quad_thumb_matrix *matrix);

// start[0..3] = -128 * the sum of `count` quads.
void pl_quad_thumb_sum(const uint32_t *x, int32_t count, uint32_t *start);

// The cores' last step, not to be called from C: for outputs on one side of the zero point; for all; with a scale that
// is {bias, multiplier, activation.max << 8 | (shift & 255)} and all roundings of the portable kernels. Behind: sums
// of 32 bits.
void pl_quad_thumb_finish(void);
void pl_quad_thumb_finish_signed(void);
void pl_quad_thumb_finish_sums(void);
void pl_quad_thumb_finish_exact(void);
void pl_quad_thumb_finish_exact_sums(void);

// What pl_quad_thumb_finish_exact calls: a core's frame.
typedef struct {
  pl_quad_thumb_plane plane;
  uint32_t private[3];
  int32_t at;
  int32_t sums[6];
} pl_quad_thumb_frame;
void pl_quad_thumb_round(const pl_quad_thumb_frame *frame);

// All output channels of six pixels, each a dot product of `first` quads. Every sum of products is in [-2^20, 2^20).
void pl_quad_thumb_dense(const pl_quad_thumb_block *block);

// The same where only the sums of parts are in [-2^20, 2^20), with a finish of sums.
void pl_quad_thumb_dense_long(const pl_quad_thumb_block *block);

// One channel of a plane: windows of any size, or of 3x3 taps.
void pl_quad_thumb_window(const pl_quad_thumb_plane *plane);
void pl_quad_thumb_window_3x3(const pl_quad_thumb_plane *plane);

#endif
