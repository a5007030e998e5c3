// SPDX-License-Identifier: Apache-2.0
#include "signal_fft/s32.h"
#include "signal_fft/radix5.h"

void pl_signal_fft_radix5_s32(const void *args) {
  signal_fft_radix5(args);
}
