// SPDX-License-Identifier: Apache-2.0
#include "pl_sinf.h"

#include "pl_float.h"

// x = quarter * pi / 2 + rest, |rest| up to pi / 4; the whole turns are left out of quarter. For x from pi / 4 on.
static int32_t pl_quarter_turns(uint32_t bits, float *rest) {
  // 32 bits of 0, then 2/pi
  static const uint32_t pl_two_over_pi[] = {0,          0xa2f9836e, 0x4e441529, 0xfc2757d1,
                                            0xf534ddc0, 0xdb629599, 0x3c439041, 0xfe5163ab};
  const uint32_t at = (bits >> 23) - 120;  // of the bit that makes 2 with the lowest of x
  const uint32_t *const words = pl_two_over_pi + (at >> 5);
  const uint32_t mantissa = (bits & 0x7fffff) | 0x800000, shift = at & 31;
  uint64_t sum = 0;  // mantissa times 96 bits of 2/pi, from the lowest word on
  uint32_t low = 0;
  for (int32_t i = 2; i >= 0; --i) {
    const uint32_t word = words[i] << shift | words[i + 1] >> 1 >> (31 - shift);
    low = (uint32_t)sum;
    sum = (sum >> 32) + (uint64_t)mantissa * word;
  }
  const uint32_t high = (uint32_t)sum;  // quarter turns modulo 4, times 2^30
  const float steps = (float)(int32_t)(high << 2 | low >> 30) + (float)(low << 2) * 2.32830644e-10f;
  *rest = steps * 3.6572952e-10f;  // pi / 2 * 2^-32
  return (int32_t)((high + (1u << 29)) >> 30);
}

// sin(x + quarters * pi / 2) for x of any size.
static float pl_sine_from(float x, int32_t quarters) {
  const uint32_t sign = pl_bits_of(x) & PL_SIGN_BIT, size = pl_bits_of(x) ^ sign;
  if (size >= PL_INFINITY_BITS) {
    return pl_float_of(PL_NAN_BITS);
  }
  if (size > 0x3f490fdb) {  // pi / 4
    float rest;
    const int32_t turned = pl_quarter_turns(size, &rest);
    quarters += sign ? -turned : turned;
    x = sign ? -rest : rest;
  }
  const float square = x * x;
  float result;
  if (quarters & 1) {
    const float sum = (2.44384155e-5f * square - 1.38873677e-3f) * square + 4.16666456e-2f;
    result = sum * square * square - 0.5f * square + 1.0f;
  } else {
    const float sum = (-1.95152505e-4f * square + 8.3321603e-3f) * square - 0.166666552f;
    result = sum * square * x + x;
  }
  return quarters & 2 ? -result : result;
}

float pl_sinf(float x) {
  return pl_sine_from(x, 0);
}

float pl_cosf(float x) {
  return pl_sine_from(x, 1);
}
