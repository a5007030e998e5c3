// SPDX-License-Identifier: Apache-2.0
// From the spectrum of pairs to that of real numbers, for the numbers of s16.h, s32.h or f32.h, included before.
#ifndef PL_SIGNAL_FFT_UNPACK_H
#define PL_SIGNAL_FFT_UNPACK_H

#include "signal_fft/complex.h"

static inline void signal_fft_unpack(const pl_signal_fft_unpack_args *a) {
  const pl_signal_fft_unpack_params *p = &a->params;
  const int32_t size = p->size;
  signal_fft_complex *x = a->output;
  const signal_fft_complex both = signal_fft_part(x[0], 2);
  x[0].r = signal_fft_add(both.r, both.i);
  x[size].r = signal_fft_sub(both.r, both.i);
  x[0].i = x[size].i = 0;
  for (int32_t k = 1; k <= size / 2; ++k) {
    const signal_fft_complex low = signal_fft_part(x[k], 2);
    const signal_fft_complex high = signal_fft_part(signal_fft_conjugate(x[size - k]), 2);
    const signal_fft_complex even = signal_fft_plus(low, high);
    signal_fft_complex odd = signal_fft_minus(low, high);
    SIGNAL_FFT_TURN(&odd, &p->roots, a->table, p->roots.start + k * p->roots.step);
    x[k].r = signal_fft_half_sum(even.r, odd.r);
    x[k].i = signal_fft_half_sum(even.i, odd.i);
    x[size - k].r = signal_fft_half_difference(even.r, odd.r);
    x[size - k].i = signal_fft_half_difference(odd.i, even.i);
  }
}

#endif
