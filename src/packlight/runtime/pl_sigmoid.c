// SPDX-License-Identifier: Apache-2.0
#include "pl_sigmoid.h"

int16_t pl_sigmoid_s16(const pl_sigmoid *curve, const uint16_t *table, int32_t value) {
  const int32_t half = curve->shift > 0 ? 1 << (curve->shift - 1) : 0;
  const int32_t x = (value * curve->multiplier + half) >> curve->shift;
  const int32_t size = x < 0 ? -x : x;
  const int32_t at = size >> curve->bits;
  int32_t y = curve->saturated;
  if (at < 255) {
    const int32_t sample = table[at];
    y = (sample << curve->bits) + (size & ((1 << curve->bits) - 1)) * (table[at + 1] - sample);
  }
  return (int16_t)((x < 0 ? curve->negative_offset - y : curve->offset + y) >> curve->output_shift);
}
