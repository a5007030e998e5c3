// SPDX-License-Identifier: Apache-2.0
#include "pl_fmodf.h"

#include "pl_float.h"

// The mantissa of a finite float, and its exponent: value = mantissa * 2^(exponent - 150).
static uint32_t pl_fmodf_split(uint32_t bits, int32_t *exponent) {
  const uint32_t mantissa = bits & 0x7fffff;
  *exponent = (int32_t)(bits >> 23);
  if (*exponent == 0) {
    *exponent = 1;
    return mantissa;
  }
  return mantissa | 0x800000;
}

float pl_fmodf(float x, float y) {
  const uint32_t sign = pl_bits_of(x) & PL_SIGN_BIT, dividend = pl_bits_of(x) ^ sign;
  const uint32_t size = pl_bits_of(y) & ~PL_SIGN_BIT;
  if (dividend >= PL_INFINITY_BITS || size > PL_INFINITY_BITS || size == 0) {
    return pl_float_of(PL_NAN_BITS);
  }
  if (dividend < size) {
    return x;
  }
  int32_t exponent, end;
  uint32_t rest = pl_fmodf_split(dividend, &exponent);
  const uint32_t divisor = pl_fmodf_split(size, &end);
  rest %= divisor;
  for (; exponent > end; --exponent) {
    rest <<= 1;
    rest = rest >= divisor ? rest - divisor : rest;
  }
  if (rest == 0) {
    return pl_float_of(sign);
  }
  for (; rest < 0x800000 && exponent > 1; --exponent) {
    rest <<= 1;
  }
  return pl_float_of(sign | ((((uint32_t)exponent - 1) << 23) + rest));  // the hidden bit counts the exponent up by one
}
