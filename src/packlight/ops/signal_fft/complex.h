// SPDX-License-Identifier: Apache-2.0
// Complex arithmetic on the numbers of s16.h, s32.h or f32.h, one of which is included before.
#ifndef PL_SIGNAL_FFT_COMPLEX_H
#define PL_SIGNAL_FFT_COMPLEX_H

static inline signal_fft_complex signal_fft_plus(signal_fft_complex a, signal_fft_complex b) {
  const signal_fft_complex sum = {signal_fft_add(a.r, b.r), signal_fft_add(a.i, b.i)};
  return sum;
}

static inline signal_fft_complex signal_fft_minus(signal_fft_complex a, signal_fft_complex b) {
  const signal_fft_complex difference = {signal_fft_sub(a.r, b.r), signal_fft_sub(a.i, b.i)};
  return difference;
}

static inline signal_fft_complex signal_fft_times(signal_fft_complex a, signal_fft_complex b) {
  const signal_fft_wide ar = a.r;
  const signal_fft_wide ai = a.i;
  const signal_fft_complex product = {signal_fft_round(ar * b.r - ai * b.i), signal_fft_round(ar * b.i + ai * b.r)};
  return product;
}

// a + i * b
static inline signal_fft_complex signal_fft_plus_turned(signal_fft_complex a, signal_fft_complex b) {
  const signal_fft_complex sum = {signal_fft_sub(a.r, b.i), signal_fft_add(a.i, b.r)};
  return sum;
}

// a - i * b
static inline signal_fft_complex signal_fft_minus_turned(signal_fft_complex a, signal_fft_complex b) {
  const signal_fft_complex difference = {signal_fft_add(a.r, b.i), signal_fft_sub(a.i, b.r)};
  return difference;
}

static inline signal_fft_complex signal_fft_conjugate(signal_fft_complex x) {
  x.i = signal_fft_sub(0, x.i);
  return x;
}

// x * factor, each part by itself.
static inline signal_fft_complex signal_fft_scaled(signal_fft_complex x, signal_fft_real factor) {
  const signal_fft_wide wide = factor;
  x.r = signal_fft_round(x.r * wide);
  x.i = signal_fft_round(x.i * wide);
  return x;
}

#endif
