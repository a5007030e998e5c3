// SPDX-License-Identifier: Apache-2.0
// The numbers of an FFT in int16: 15 fractional bits.
#ifndef PL_SIGNAL_FFT_S16_H
#define PL_SIGNAL_FFT_S16_H

#include "signal_fft/kernel.h"

#define SIGNAL_FFT_BITS 15
#define SIGNAL_FFT_ONE INT16_MAX
#define SIGNAL_FFT_ROOT pl_signal_fft_s16_root
#define SIGNAL_FFT_TURN pl_signal_fft_s16_turn

typedef int16_t signal_fft_real;
typedef int32_t signal_fft_wide;

typedef struct {
  signal_fft_real r, i;
} signal_fft_complex;

#include "signal_fft/fixed.h"

// The root of unity with this index.
signal_fft_complex pl_signal_fft_s16_root(const pl_signal_fft_roots *roots, const void *table, int32_t index);

// Multiplies `x` by that root.
void pl_signal_fft_s16_turn(signal_fft_complex *x, const pl_signal_fft_roots *roots, const void *table, int32_t index);

#endif
