// SPDX-License-Identifier: Apache-2.0
// An FFT is a sequence of calls: one that brings the input into the order in which the butterflies need it (`spread`,
// `pack`), one for each radix by which the length is divided, in place in the output, and for the transform of real
// numbers one that takes its spectrum apart (`unpack`). A program has the kernels of the radices it needs.
//
// Numbers are int16, int32 (fixed point, 15 or 31 fractional bits) or float; complex ones are a real and an imaginary
// part. A root of unity e^(-2 pi i k / n), or with a plus if `inverse`, is looked up in a table by an index.
#ifndef PL_SIGNAL_FFT_KERNEL_H
#define PL_SIGNAL_FFT_KERNEL_H

#include "pl.h"

// Either the table holds the sines of a quarter of the circle: `quarter` and `mirror` are the index of its last element.
// Or it holds the negative imaginary parts in ascending order, then the real parts in descending order: `mirror` is the
// index of its last element, and `quarter` is larger than any index.
typedef struct {
  int32_t quarter, mirror;
  int32_t start, step;  // index of the first root that a call takes, and from one to the next
  int32_t inverse;
} pl_signal_fft_roots;

// Butterflies: `blocks` times `span` of them, each with as many numbers as the radix says, `span` apart.
typedef struct {
  pl_signal_fft_roots roots;
  int32_t blocks, span;
} pl_signal_fft_params;

typedef struct {
  pl_signal_fft_params params;
  const void *table;
  void *output;
} pl_signal_fft_args;

// Real numbers become pairs, in the order of the walk through the output (pl_walk.h, in numbers of the output).
typedef struct {
  int32_t length;  // of the input; from there on zeros are taken
  int32_t dims;    // of the walk
} pl_signal_fft_spread_params;

typedef struct {
  pl_signal_fft_spread_params params;
  const void *input;
  const int32_t *walk;
  void *output;
} pl_signal_fft_spread_args;

// The spectrum of `size` pairs becomes that of the 2 * size real numbers that they are, size + 1 complex numbers.
typedef struct {
  pl_signal_fft_roots roots;
  int32_t size;
} pl_signal_fft_unpack_params;

typedef struct {
  pl_signal_fft_unpack_params params;
  const void *table;
  void *output;
} pl_signal_fft_unpack_args;

// The opposite: from size + 1 complex numbers to the spectrum of `size` pairs, times `scale`, in the order of the walk.
typedef struct {
  pl_signal_fft_roots roots;
  int32_t size;
  int32_t dims;
  int32_t scale;
} pl_signal_fft_pack_params;

typedef struct {
  pl_signal_fft_pack_params params;
  const void *input;
  const void *table;
  const int32_t *walk;
  void *output;
} pl_signal_fft_pack_args;

typedef struct {
  pl_signal_fft_roots roots;
  int32_t size;
  int32_t dims;
  float scale;
} pl_signal_fft_pack_f32_params;

typedef struct {
  pl_signal_fft_pack_f32_params params;
  const void *input;
  const void *table;
  const int32_t *walk;
  void *output;
} pl_signal_fft_pack_f32_args;

PL_KERNEL void pl_signal_fft_spread_16(const void *args);
PL_KERNEL void pl_signal_fft_spread_32(const void *args);
PL_KERNEL void pl_signal_fft_pack_s16(const void *args);
PL_KERNEL void pl_signal_fft_pack_s32(const void *args);
PL_KERNEL void pl_signal_fft_pack_f32(const void *args);
PL_KERNEL void pl_signal_fft_radix2_s16(const void *args);
PL_KERNEL void pl_signal_fft_radix2_s32(const void *args);
PL_KERNEL void pl_signal_fft_radix2_f32(const void *args);
PL_KERNEL void pl_signal_fft_radix3_s16(const void *args);
PL_KERNEL void pl_signal_fft_radix3_s32(const void *args);
PL_KERNEL void pl_signal_fft_radix3_f32(const void *args);
PL_KERNEL void pl_signal_fft_radix4_s16(const void *args);
PL_KERNEL void pl_signal_fft_radix4_s32(const void *args);
PL_KERNEL void pl_signal_fft_radix4_f32(const void *args);
PL_KERNEL void pl_signal_fft_radix5_s16(const void *args);
PL_KERNEL void pl_signal_fft_radix5_s32(const void *args);
PL_KERNEL void pl_signal_fft_radix5_f32(const void *args);
PL_KERNEL void pl_signal_fft_unpack_s16(const void *args);
PL_KERNEL void pl_signal_fft_unpack_s32(const void *args);
PL_KERNEL void pl_signal_fft_unpack_f32(const void *args);

#endif
