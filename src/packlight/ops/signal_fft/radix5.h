// SPDX-License-Identifier: Apache-2.0
// Butterflies of five numbers, for the numbers of s16.h, s32.h or f32.h, included before.
#ifndef PL_SIGNAL_FFT_RADIX5_H
#define PL_SIGNAL_FFT_RADIX5_H

#include "signal_fft/parts.h"

// The outputs 1 and 4 of a butterfly, or 2 and 3 (`crossed`): from its input 0, the sums of its inputs 1 and 4 and of
// 2 and 3, and their differences; by the roots 1/5 and 2/5, the first of which is that of the first sum unless crossed.
static inline void signal_fft_radix5_pair(const signal_fft_complex *in, const signal_fft_complex *roots, int crossed,
                                          signal_fft_complex *first, signal_fft_complex *second) {
  const signal_fft_complex near = roots[crossed];
  const signal_fft_complex far = roots[!crossed];
  const signal_fft_complex sums = signal_fft_plus(signal_fft_scaled(in[1], near.r), signal_fft_scaled(in[2], far.r));
  const signal_fft_complex middle = signal_fft_plus(in[0], sums);
  const signal_fft_complex outer = signal_fft_scaled(in[4], near.i);
  const signal_fft_complex inner = signal_fft_scaled(in[3], far.i);
  const signal_fft_complex side = crossed ? signal_fft_minus(outer, inner) : signal_fft_plus(outer, inner);
  *first = signal_fft_plus_turned(middle, side);
  *second = signal_fft_minus_turned(middle, side);
}

static inline void signal_fft_radix5(const pl_signal_fft_args *a) {
  const pl_signal_fft_params *p = &a->params;
  const int32_t span = p->span;
  const signal_fft_complex fifths[2] = {SIGNAL_FFT_ROOT(&p->roots, a->table, span * p->roots.step),
                                        SIGNAL_FFT_ROOT(&p->roots, a->table, 2 * span * p->roots.step)};
  signal_fft_complex *x = a->output;
  for (int32_t block = p->blocks; block > 0; --block) {
    for (int32_t k = 0; k < span; ++k) {
      signal_fft_complex part[5];
      signal_fft_parts(a, x, k, 5, part);
      const signal_fft_complex in[5] = {part[0], signal_fft_plus(part[1], part[4]), signal_fft_plus(part[2], part[3]),
                                        signal_fft_minus(part[2], part[3]), signal_fft_minus(part[1], part[4])};
      x[0] = signal_fft_plus(in[0], signal_fft_plus(in[1], in[2]));
      signal_fft_radix5_pair(in, fifths, 0, &x[span], &x[4 * span]);
      signal_fft_radix5_pair(in, fifths, 1, &x[2 * span], &x[3 * span]);
      ++x;
    }
    x += 4 * span;
  }
}

#endif
