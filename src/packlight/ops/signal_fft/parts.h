// SPDX-License-Identifier: Apache-2.0
// What all butterflies begin with, for the numbers of s16.h, s32.h or f32.h, included before.
#ifndef PL_SIGNAL_FFT_PARTS_H
#define PL_SIGNAL_FFT_PARTS_H

#include "signal_fft/complex.h"

// The `count` inputs of butterfly k of a block, each but the first times its root of unity.
static inline void signal_fft_parts(const pl_signal_fft_args *a, const signal_fft_complex *x, int32_t k, int32_t count,
                                    signal_fft_complex *part) {
  const pl_signal_fft_roots *roots = &a->params.roots;
  part[0] = signal_fft_part(x[0], count);
  for (int32_t i = 1; i < count; ++i) {
    part[i] = signal_fft_part(x[i * a->params.span], count);
    SIGNAL_FFT_TURN(&part[i], roots, a->table, i * k * roots->step);
  }
}

#endif
