// SPDX-License-Identifier: Apache-2.0
#include "signal_fft/s16.h"
#include "signal_fft/radix4.h"

void pl_signal_fft_radix4_s16(const void *args) {
  signal_fft_radix4(args);
}
