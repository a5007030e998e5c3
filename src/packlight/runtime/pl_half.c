// SPDX-License-Identifier: Apache-2.0
#include "pl_half.h"

#include "pl_float.h"

float pl_float_of_half(uint16_t half) {
  const uint32_t magnitude = half & 0x7fffu;
  const float scaled = pl_float_of(magnitude << 13) * 5.19229686e33f;  // 2^112: from one exponent's bias to the other's
  const uint32_t special = magnitude >= 0x7c00 ? PL_INFINITY_BITS : 0;
  return pl_float_of(pl_bits_of(scaled) | special | (uint32_t)(half >> 15) << 31);
}

uint16_t pl_half_of_float(float value) {
  const uint32_t sign = pl_bits_of(value) >> 16 & 0x8000u;
  uint32_t bits = pl_bits_of(value) & ~PL_SIGN_BIT;
  if (bits > PL_INFINITY_BITS) {
    bits = 0x7e00 | (bits >> 13 & 0x3ff);
  } else if (bits >= 0x477ff000u) {  // 65,520
    bits = 0x7c00;
  } else if (bits < 0x38800000u) {  // 2^-14: in multiples of 2^-24, which is what a sum with 0.5 is rounded to
    bits = pl_bits_of(pl_float_of(bits) + 0.5f) - 0x3f000000u;
  } else {
    bits = (bits - (112u << 23) + 0xfff + (bits >> 13 & 1)) >> 13;
  }
  return (uint16_t)(sign | bits);
}
