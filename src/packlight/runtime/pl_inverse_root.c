// SPDX-License-Identifier: Apache-2.0
#include "pl_inverse_root.h"

#include "pl_requantize.h"

// value * 2^bits, at most INT32_MAX; value >= 0.
static int32_t pl_saturated_left(int32_t value, int32_t bits) {
  return value > INT32_MAX >> bits ? INT32_MAX : value << bits;
}

pl_inverse pl_inverse_root(int32_t value) {
  pl_inverse result = {INT32_MAX, 0};
  if (value <= 1) {
    return result;
  }
  result.shift = -11;
  for (; value >= 1 << 29; value /= 4) {
    --result.shift;
  }
  for (; value < 1 << 27; value *= 4) {
    ++result.shift;
  }
  const int32_t half = pl_rounding_shift(value >> 1, 1);
  int32_t x = 1 << 28;
  for (int32_t step = 0; step < 5; ++step) {
    const int32_t cube = pl_saturated_left(pl_high_mul(pl_high_mul(x, x), x), 6);
    x = pl_saturated_left(pl_high_mul(x, 3 << 27) - pl_high_mul(half, cube), 3);
  }
  result.multiplier = pl_high_mul(x, 1518500250);  // sqrt(1/2)
  for (; result.shift > 0; --result.shift) {
    result.multiplier *= 2;
  }
  return result;
}
