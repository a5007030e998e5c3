// SPDX-License-Identifier: Apache-2.0
// The look-up of a root of unity (see kernel.h), for the numbers of s16.h, s32.h or f32.h, included before.
#ifndef PL_SIGNAL_FFT_ROOT_H
#define PL_SIGNAL_FFT_ROOT_H

static inline signal_fft_complex signal_fft_root(const pl_signal_fft_roots *roots, const signal_fft_real *table,
                                                 int32_t index) {
  int32_t turns = 0;  // by a quarter of the circle
  for (; index >= roots->quarter; index -= roots->quarter) {
    ++turns;
  }
  signal_fft_complex root = {table[roots->mirror - index], (signal_fft_real)-table[index]};
  for (; turns > 0; --turns) {
    const signal_fft_real r = root.r;
    root.r = root.i;
    root.i = (signal_fft_real)-r;
  }
  if (roots->inverse) {
    root.i = (signal_fft_real)-root.i;
  }
  return root;
}

#endif
