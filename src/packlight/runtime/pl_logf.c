// SPDX-License-Identifier: Apache-2.0
#include "pl_logf.h"

#include "pl_float.h"

float pl_logf(float x) {
  const uint32_t root_half = 0x3f3504f3;  // sqrt(1/2)
  int32_t k = 0;
  if (!(x > 0.0f && x < pl_float_of(PL_INFINITY_BITS))) {
    return x == 0.0f ? -pl_float_of(PL_INFINITY_BITS) : x < 0.0f ? pl_float_of(PL_NAN_BITS) : x;
  }
  if (x < 1.17549435e-38f) {  // subnormal
    x *= 8388608.0f;
    k = -23;
  }
  const uint32_t above = pl_bits_of(x) - root_half;
  k += (int32_t)above >> 23;
  const float f = pl_float_of((above & 0x7fffff) + root_half) - 1.0f;
  float sum = -0.0763449743f;
  sum = sum * f + 0.12761578f;
  sum = sum * f - 0.131601825f;
  sum = sum * f + 0.142017573f;
  sum = sum * f - 0.16623357f;
  sum = sum * f + 0.200012267f;
  sum = sum * f - 0.250008196f;
  sum = sum * f + 0.333333313f;
  const float square = f * f, twos = (float)k;
  return sum * (square * f) - twos * 2.12194442e-4f - 0.5f * square + f + twos * 0.693359375f;
}
