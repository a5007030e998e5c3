// SPDX-License-Identifier: Apache-2.0
#include "signal_fft/f32.h"
#include "signal_fft/radix3.h"

void pl_signal_fft_radix3_f32(const void *args) {
  signal_fft_radix3(args);
}
