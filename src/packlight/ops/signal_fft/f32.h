// SPDX-License-Identifier: Apache-2.0
// The numbers of an FFT in float.
#ifndef PL_SIGNAL_FFT_F32_H
#define PL_SIGNAL_FFT_F32_H

#include "signal_fft/kernel.h"

#define SIGNAL_FFT_ROOT pl_signal_fft_f32_root
#define SIGNAL_FFT_TURN pl_signal_fft_f32_turn

typedef float signal_fft_real;
typedef float signal_fft_wide;
typedef pl_signal_fft_pack_f32_args signal_fft_pack_args;

typedef struct {
  signal_fft_real r, i;
} signal_fft_complex;

static inline float signal_fft_round(float product) { return product; }
static inline float signal_fft_add(float a, float b) { return a + b; }
static inline float signal_fft_sub(float a, float b) { return a - b; }
static inline float signal_fft_half_sum(float a, float b) { return (a + b) * 0.5f; }
static inline float signal_fft_half_difference(float a, float b) { return (a - b) * 0.5f; }

// Fixed point has no room for the sum of `count` numbers: there, they are divided before they are added up.
static inline signal_fft_complex signal_fft_part(signal_fft_complex x, int32_t count) {
  (void)count;
  return x;
}

// The root of unity with this index.
signal_fft_complex pl_signal_fft_f32_root(const pl_signal_fft_roots *roots, const void *table, int32_t index);

// Multiplies `x` by that root.
void pl_signal_fft_f32_turn(signal_fft_complex *x, const pl_signal_fft_roots *roots, const void *table, int32_t index);

#endif
