// SPDX-License-Identifier: Apache-2.0
#include "signal_filter_bank/kernel.h"

// A function of `x` from a table: its values at 0, 1 and 2, and for each highest bit of x from there on the three
// coefficients of a polynomial of degree 2 in the ten bits that follow it.
static int32_t signal_filter_bank_pcan_gain(uint32_t x, const int16_t *lut) {
  if (x <= 2) {
    return lut[x];
  }
  lut += 4 * 32 - 6;
  for (; x >> 31 == 0; x <<= 1) {
    lut -= 4;
  }
  const int32_t fraction = (x >> 21) & 1023;
  const uint32_t slope = ((uint32_t)lut[1] << 5) + (uint32_t)((lut[2] * fraction) >> 5);
  return (int16_t)(((int32_t)(slope * (uint32_t)fraction + (1u << 14)) >> 15) + lut[0]);
}

void pl_signal_filter_bank_pcan(const void *args) {
  const pl_signal_filter_bank_pcan_args *a = args;
  for (int32_t i = 0; i < a->params.channels; ++i) {
    const uint32_t gain = (uint32_t)signal_filter_bank_pcan_gain(a->noise_estimate[i], a->gain_lut);
    const uint32_t ratio = (uint32_t)(((uint64_t)a->input[i] * gain) >> a->params.snr_shift);  // 12 fractional bits
    // 6 fractional bits: ratio^2 / 4 below 2, ratio - 1 from there on
    a->output[i] = ratio < 2 << 12 ? (ratio * ratio) >> 20 : (ratio >> 6) - (1 << 6);
  }
}
