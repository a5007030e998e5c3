// SPDX-License-Identifier: Apache-2.0
// Butterflies of three numbers, for the numbers of s16.h, s32.h or f32.h, included before.
#ifndef PL_SIGNAL_FFT_RADIX3_H
#define PL_SIGNAL_FFT_RADIX3_H

#include "signal_fft/complex.h"

// The number `part` of butterfly k, times its root of unity.
static inline signal_fft_complex signal_fft_radix3_factor(const pl_signal_fft_args *a, const signal_fft_complex *x,
                                                          int32_t k, int32_t part) {
  const signal_fft_complex root = SIGNAL_FFT_ROOT(&a->params.roots, a->table, part * k * a->params.roots.step);
  return signal_fft_times(signal_fft_part(x[part * a->params.span], 3), root);
}

static inline void signal_fft_radix3(const pl_signal_fft_args *a) {
  const pl_signal_fft_params *p = &a->params;
  const int32_t span = p->span;
  const signal_fft_real third = SIGNAL_FFT_ROOT(&p->roots, a->table, span * p->roots.step).i;
  signal_fft_complex *x = a->output;
  for (int32_t block = p->blocks; block > 0; --block) {
    for (int32_t k = 0; k < span; ++k) {
      const signal_fft_complex x0 = signal_fft_part(x[0], 3);
      const signal_fft_complex x1 = signal_fft_radix3_factor(a, x, k, 1);
      const signal_fft_complex x2 = signal_fft_radix3_factor(a, x, k, 2);
      const signal_fft_complex sum = signal_fft_plus(x1, x2);
      const signal_fft_complex side = signal_fft_scaled(signal_fft_minus(x1, x2), third);
      const signal_fft_complex half = {signal_fft_half_sum(sum.r, 0), signal_fft_half_sum(sum.i, 0)};
      const signal_fft_complex middle = signal_fft_minus(x0, half);
      x[span] = signal_fft_plus_turned(middle, side);
      x[2 * span] = signal_fft_minus_turned(middle, side);
      *x++ = signal_fft_plus(x0, sum);
    }
    x += 2 * span;
  }
}

#endif
