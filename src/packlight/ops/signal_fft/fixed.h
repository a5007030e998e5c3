// SPDX-License-Identifier: Apache-2.0
// Arithmetic in fixed point with SIGNAL_FFT_BITS fractional bits, as kissfft has it for TFLM: sums wrap around.
#ifndef PL_SIGNAL_FFT_FIXED_H
#define PL_SIGNAL_FFT_FIXED_H

typedef pl_signal_fft_pack_args signal_fft_pack_args;

// A product as a number again, halves up.
static inline signal_fft_real signal_fft_round(signal_fft_wide product) {
  return (signal_fft_real)((product + ((signal_fft_wide)1 << (SIGNAL_FFT_BITS - 1))) >> SIGNAL_FFT_BITS);
}

static inline signal_fft_real signal_fft_add(signal_fft_real a, signal_fft_real b) {
  return (signal_fft_real)((uint32_t)a + (uint32_t)b);
}

static inline signal_fft_real signal_fft_sub(signal_fft_real a, signal_fft_real b) {
  return (signal_fft_real)((uint32_t)a - (uint32_t)b);
}

// Half of a sum that has 32 bits, whatever the numbers have.
static inline signal_fft_real signal_fft_half_sum(signal_fft_real a, signal_fft_real b) {
  return (signal_fft_real)((int32_t)((uint32_t)a + (uint32_t)b) >> 1);
}

static inline signal_fft_real signal_fft_half_difference(signal_fft_real a, signal_fft_real b) {
  return (signal_fft_real)((int32_t)((uint32_t)a - (uint32_t)b) >> 1);
}

// x / count, so that the sum of `count` such numbers has room.
static inline signal_fft_complex signal_fft_part(signal_fft_complex x, int32_t count) {
  const signal_fft_wide factor = SIGNAL_FFT_ONE / count;
  x.r = signal_fft_round(x.r * factor);
  x.i = signal_fft_round(x.i * factor);
  return x;
}

#endif
