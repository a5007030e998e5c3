// SPDX-License-Identifier: Apache-2.0
// Butterflies of two numbers, for the numbers of s16.h, s32.h or f32.h, included before.
#ifndef PL_SIGNAL_FFT_RADIX2_H
#define PL_SIGNAL_FFT_RADIX2_H

#include "signal_fft/parts.h"

static inline void signal_fft_radix2(const pl_signal_fft_args *a) {
  const pl_signal_fft_params *p = &a->params;
  const int32_t span = p->span;
  signal_fft_complex *x = a->output;
  for (int32_t block = p->blocks; block > 0; --block) {
    for (int32_t k = 0; k < span; ++k) {
      signal_fft_complex part[2];
      signal_fft_parts(a, x, k, 2, part);
      x[span] = signal_fft_minus(part[0], part[1]);
      *x++ = signal_fft_plus(part[0], part[1]);
    }
    x += span;
  }
}

#endif
