// SPDX-License-Identifier: Apache-2.0
// From the spectrum of real numbers to that of pairs, for the numbers of s16.h, s32.h or f32.h, included before.
#ifndef PL_SIGNAL_FFT_PACK_H
#define PL_SIGNAL_FFT_PACK_H

#include "pl_walk.h"
#include "signal_fft/complex.h"

// Number k of the pairs' spectrum.
static inline signal_fft_complex signal_fft_pack_one(const signal_fft_pack_args *a, int32_t k) {
  const signal_fft_complex *input = a->input;
  const signal_fft_real scale = (signal_fft_real)a->params.scale;
  const int32_t mirrored = a->params.size - k;
  const int32_t low = k < mirrored ? k : mirrored;
  const signal_fft_complex first = input[low];
  const signal_fft_complex last = input[a->params.size - low];
  if (k == 0) {
    const signal_fft_complex both = {signal_fft_add(first.r, last.r), signal_fft_sub(first.r, last.r)};
    return signal_fft_scaled(both, scale);
  }
  const signal_fft_complex one = signal_fft_scaled(first, scale);
  const signal_fft_complex other = signal_fft_scaled(signal_fft_conjugate(last), scale);
  const signal_fft_complex even = signal_fft_plus(one, other);
  const pl_signal_fft_roots *roots = &a->params.roots;
  signal_fft_complex odd = signal_fft_minus(one, other);
  SIGNAL_FFT_TURN(&odd, roots, a->table, roots->start + low * roots->step);
  return k < mirrored ? signal_fft_plus(even, odd) : signal_fft_conjugate(signal_fft_minus(even, odd));
}

static inline void signal_fft_pack(const signal_fft_pack_args *a) {
  const int32_t dims = a->params.dims;
  signal_fft_complex *output = a->output;
  int32_t index[PL_WALK_DIMS];
  pl_walk_begin(index, a->walk, dims);
  for (int32_t k = 0;; ++k) {
    *output = signal_fft_pack_one(a, k);
    const int32_t dim = pl_walk_next(index, a->walk, dims);
    if (dim == dims) {
      return;
    }
    output += a->walk[dims + dim];
  }
}

#endif
