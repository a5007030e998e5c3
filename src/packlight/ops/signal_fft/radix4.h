// SPDX-License-Identifier: Apache-2.0
// Butterflies of four numbers, for the numbers of s16.h, s32.h or f32.h, included before.
#ifndef PL_SIGNAL_FFT_RADIX4_H
#define PL_SIGNAL_FFT_RADIX4_H

#include "signal_fft/parts.h"

static inline void signal_fft_radix4(const pl_signal_fft_args *a) {
  const pl_signal_fft_params *p = &a->params;
  const int32_t span = p->span;
  const int32_t third = p->roots.inverse ? span : 3 * span;  // where number 3 goes, in exchange for number 1
  signal_fft_complex *x = a->output;
  for (int32_t block = p->blocks; block > 0; --block) {
    for (int32_t k = 0; k < span; ++k) {
      signal_fft_complex part[4];
      signal_fft_parts(a, x, k, 4, part);
      const signal_fft_complex even = signal_fft_plus(part[0], part[2]);
      const signal_fft_complex rest = signal_fft_minus(part[0], part[2]);
      const signal_fft_complex odd = signal_fft_plus(part[1], part[3]);
      const signal_fft_complex side = signal_fft_minus(part[1], part[3]);
      x[0] = signal_fft_plus(even, odd);
      x[2 * span] = signal_fft_minus(even, odd);
      x[4 * span - third] = signal_fft_minus_turned(rest, side);
      x[third] = signal_fft_plus_turned(rest, side);
      ++x;
    }
    x += 3 * span;
  }
}

#endif
