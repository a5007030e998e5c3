// SPDX-License-Identifier: Apache-2.0
// Butterflies of three numbers, for the numbers of s16.h, s32.h or f32.h, included before.
#ifndef PL_SIGNAL_FFT_RADIX3_H
#define PL_SIGNAL_FFT_RADIX3_H

#include "signal_fft/parts.h"

static inline void signal_fft_radix3(const pl_signal_fft_args *a) {
  const pl_signal_fft_params *p = &a->params;
  const int32_t span = p->span;
  const signal_fft_real third = SIGNAL_FFT_ROOT(&p->roots, a->table, span * p->roots.step).i;
  signal_fft_complex *x = a->output;
  for (int32_t block = p->blocks; block > 0; --block) {
    for (int32_t k = 0; k < span; ++k) {
      signal_fft_complex part[3];
      signal_fft_parts(a, x, k, 3, part);
      const signal_fft_complex sum = signal_fft_plus(part[1], part[2]);
      const signal_fft_complex side = signal_fft_scaled(signal_fft_minus(part[1], part[2]), third);
      const signal_fft_complex half = {signal_fft_half_sum(sum.r, 0), signal_fft_half_sum(sum.i, 0)};
      const signal_fft_complex middle = signal_fft_minus(part[0], half);
      x[span] = signal_fft_plus_turned(middle, side);
      x[2 * span] = signal_fft_minus_turned(middle, side);
      *x++ = signal_fft_plus(part[0], sum);
    }
    x += 2 * span;
  }
}

#endif
