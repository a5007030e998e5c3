// SPDX-License-Identifier: Apache-2.0
// Butterflies of two numbers, for the numbers of s16.h, s32.h or f32.h, included before.
#ifndef PL_SIGNAL_FFT_RADIX2_H
#define PL_SIGNAL_FFT_RADIX2_H

#include "signal_fft/complex.h"

static inline void signal_fft_radix2(const pl_signal_fft_args *a) {
  const pl_signal_fft_params *p = &a->params;
  const int32_t span = p->span;
  signal_fft_complex *x = a->output;
  for (int32_t block = p->blocks; block > 0; --block) {
    for (int32_t k = 0; k < span; ++k) {
      const signal_fft_complex root = SIGNAL_FFT_ROOT(&p->roots, a->table, k * p->roots.step);
      const signal_fft_complex x0 = signal_fft_part(x[0], 2);
      const signal_fft_complex x1 = signal_fft_times(signal_fft_part(x[span], 2), root);
      x[span] = signal_fft_minus(x0, x1);
      *x++ = signal_fft_plus(x0, x1);
    }
    x += span;
  }
}

#endif
