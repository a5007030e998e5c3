// SPDX-License-Identifier: Apache-2.0
// Cores for RV32IM: three dot products by two multiplications a step.
//
// A trio packs three int8 values x0, x1, x2 into two words: x0 + (x1 << 21) and x2 + (x1 << 11). Multiplied by weights
// and summed modulo 2^32, they still give three sums back when each is in [-2^20, 2^20): word 0 has s0 in its low 21
// bits and 11 bits of s1 above; these taken from word 1, its low 22 bits are s2; the rest of word 1 is s1 << 11.
#ifndef PL_QUAD_RV32_H
#define PL_QUAD_RV32_H

#include "pl.h"

// Glue that several calls share, for which a copy specialised for each is not worth its flash.
#if defined(__GNUC__) && !defined(__clang__)
#define PL_QUAD_RV32_SHARED __attribute__((noinline, noclone))
#elif defined(__GNUC__)
#define PL_QUAD_RV32_SHARED __attribute__((noinline))
#else
#define PL_QUAD_RV32_SHARED
#endif

// Before a loop that no compiler shall unroll or turn into a call.
#if defined(__clang__)
#define PL_QUAD_RV32_ROLLED _Pragma("clang loop unroll(disable) vectorize(disable)")
#elif defined(__GNUC__) && __GNUC__ >= 8
#define PL_QUAD_RV32_ROLLED _Pragma("GCC unroll 1")
#else
#define PL_QUAD_RV32_ROLLED
#endif

// A core's last step, not to be called from C: how the sums of a trio, or of two, become outputs. With the words of the
// channel's scale and >> rounding down: ..._three, ..._six, 2 words: u = (sum * word 0 >> 21) + word 1, output =
// clamp(u >> word 0 mod 32); word 0 is unsigned. ..._signed, 3 words: if u is below zero, word 2 is subtracted first,
// and zero added to the clamped value. ..._exact, 3 words, bias, multiplier and shift: all roundings of the portable
// kernels, zero added. ..._sums: the sum is added to the int32 at the output's place.
void pl_quad_rv32_three(void);
void pl_quad_rv32_three_signed(void);
void pl_quad_rv32_three_exact(void);
void pl_quad_rv32_six(void);
void pl_quad_rv32_six_signed(void);
void pl_quad_rv32_six_sums(void);

// What becomes of sums. Its order is known to pl_quad_rv32.S, as that of what it is part of.
typedef struct {
  void (*finish)(void);
  const int32_t *scale;
  int8_t *out;          // where the first output goes
  int32_t step;         // bytes from an output of a trio to the next
  int32_t least, most;  // of a clamped value
  int32_t zero;         // what is added to it
} pl_quad_rv32_outputs;

// Six pixels that meet all output channels.
typedef struct {
  pl_quad_rv32_outputs outputs;  // `step` from pixel to pixel
  const uint32_t *x;             // two trios a value, [count]
  int32_t count;                 // of a dot product, more than 0
  const int8_t *weights;         // the first channel's
  int32_t pitch;                 // bytes of weights from channel to channel
  int32_t out_step;              // bytes from channel to channel: 1; of sums 24
  const int8_t *end;             // `out` behind the last channel
} pl_quad_rv32_block;
void pl_quad_rv32_dense(const pl_quad_rv32_block *block);

// Writes `count` > 0 pairs of trios from six rows.
void pl_quad_rv32_pack(uint32_t *to, const int8_t *const *from, int32_t count);

// Windows of one channel of a plane of trios. Behind a scale of 2 words another can be read.
typedef struct {
  pl_quad_rv32_outputs outputs;  // `step` from group to group
  const uint32_t *x;             // the first window's first trio
  const int8_t *weights;
  int32_t row;                   // bytes of output from a row's first position to behind its last
  int32_t out_step, out_jump;    // bytes of output: from position to position; more from behind a row to the next
  int32_t x_step, x_jump;        // the same of trios
  int32_t x_row;                 // bytes of trios from a window's row to the next
  int32_t rows;                  // of positions
  int32_t taps, row_taps;        // of a window; of its rows: a divisor of the former, at most 16 (four: 8)
  int32_t scale_step;            // four: bytes from channel to channel
} pl_quad_rv32_plane;
void pl_quad_rv32_window(const pl_quad_rv32_plane *plane);
void pl_quad_rv32_window_four(const pl_quad_rv32_plane *plane);  // four channels of output, [4][taps] weights
void pl_quad_rv32_window_3x3(const pl_quad_rv32_plane *plane);         // its last step is ..._three
void pl_quad_rv32_window_3x3_signed(const pl_quad_rv32_plane *plane);  // ..._three_signed

#endif
