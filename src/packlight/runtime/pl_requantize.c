// SPDX-License-Identifier: Apache-2.0
#include "pl_requantize.h"

int32_t pl_high_mul(int32_t a, int32_t b) {
  return (int32_t)(((int64_t)a * b + (1 << 30)) >> 31);
}

int32_t pl_rounding_shift(int32_t value, int32_t exponent) {
  const int32_t mask = (int32_t)((1U << exponent) - 1U);
  const int32_t remainder = value & mask;
  const int32_t threshold = (mask >> 1) + (value < 0);
  return (value >> exponent) + (remainder > threshold);
}

int32_t pl_requantize(int32_t value, int32_t multiplier, int32_t shift) {
  const int32_t left = shift > 0 ? shift : 0;
  const int32_t scaled = (int32_t)((uint32_t)value << left);
  return pl_rounding_shift(pl_high_mul(scaled, multiplier), left - shift);
}

int32_t pl_requantize_wide(int64_t value, int32_t multiplier, int32_t shift) {
  return (int32_t)((value * multiplier + ((int64_t)1 << (shift - 1))) >> shift);
}

int32_t pl_requantize_once(int32_t value, int32_t multiplier, int32_t shift) {
  const int32_t right = 31 - shift;
  const int64_t most = 1 << 30, product = (int64_t)value * multiplier;
  const int64_t scaled = (product + ((int64_t)1 << (right - 1)) - (product < 0)) >> right;
  return (int32_t)(scaled > most ? most : scaled < -most ? -most : scaled);
}
