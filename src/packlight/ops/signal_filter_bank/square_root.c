// SPDX-License-Identifier: Apache-2.0
#include "signal_filter_bank/kernel.h"

// The root of `x`, bit by bit, to the nearest whole number; where that is 2^16 for an `x` below 2^32, or 2^32, one less.
static uint32_t signal_filter_bank_square_root_of(uint64_t x) {
  const uint32_t most = x >> 32 ? UINT32_MAX : UINT16_MAX;
  uint64_t bit = (uint64_t)1 << 62;
  uint64_t root = 0;
  while (bit > x) {
    bit >>= 2;
  }
  for (; bit > 0; bit >>= 2) {
    const uint64_t trial = root + bit;
    root >>= 1;
    if (x >= trial) {
      x -= trial;
      root += bit;
    }
  }
  return (uint32_t)root + (x > root && root != most);
}

void pl_signal_filter_bank_square_root(const void *args) {
  const pl_signal_filter_bank_square_root_args *a = args;
  for (int32_t i = 0; i < a->params.channels; ++i) {
    a->output[i] = signal_filter_bank_square_root_of(a->input[i]) >> (*a->scale_bits & 31);
  }
}
