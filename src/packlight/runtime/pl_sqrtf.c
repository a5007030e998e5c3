// SPDX-License-Identifier: Apache-2.0
#include "pl_sqrtf.h"

#include "pl_float.h"

float pl_sqrtf(float x) {
  uint32_t bits = pl_bits_of(x);
  int32_t exponent = 127;
  if ((bits << 1) == 0 || bits == PL_INFINITY_BITS) {
    return x;
  }
  if (bits > PL_INFINITY_BITS) {
    return pl_float_of(PL_NAN_BITS);
  }
  if (bits < 1u << 23) {  // subnormal
    bits = pl_bits_of(x * 16777216.0f);
    exponent -= 24;
  }
  exponent += (int32_t)(bits >> 23) - 127 - 127;
  uint32_t rest = (bits & 0x7fffff) | 0x800000;  // x = rest * 2^(exponent - 23)
  rest <<= 1 + (exponent & 1);
  uint32_t root = 0, twice = 0;  // 25 bits of the root, the last one for rounding; twice those that are known
  for (uint32_t bit = 1u << 24; bit; bit >>= 1) {
    if (twice + bit <= rest) {
      rest -= twice + bit;
      twice += bit << 1;
      root += bit;
    }
    rest <<= 1;
  }
  return pl_float_of((uint32_t)((exponent >> 1) + 126) * (1u << 23) + ((root + 1) >> 1));
}
