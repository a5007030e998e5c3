// SPDX-License-Identifier: Apache-2.0
#include "signal_fft/f32.h"

#include "signal_fft/complex.h"
#include "signal_fft/root.h"

signal_fft_complex pl_signal_fft_f32_root(const pl_signal_fft_roots *roots, const void *table, int32_t index) {
  return signal_fft_root(roots, table, index);
}

void pl_signal_fft_f32_turn(signal_fft_complex *x, const pl_signal_fft_roots *roots, const void *table, int32_t index) {
  *x = signal_fft_times(*x, signal_fft_root(roots, table, index));
}
