// SPDX-License-Identifier: Apache-2.0
#include "pl_expf.h"

typedef union {
  float value;
  uint32_t bits;
} pl_float_bits;

float pl_expf(float x) {
  const pl_float_bits lowest = {-87.3f}, highest = {88.7228317f}, infinity = {.bits = 0x7f800000};
  const float integer = 12582912.0f;  // 1.5 * 2^23: a sum with it has no fraction
  pl_float_bits result = {x}, n;
  if ((result.bits << 1) > (infinity.bits << 1)) {
    return x;  // NaN
  }
  if (result.bits > lowest.bits) {
    return 0.0f;
  }
  if ((int32_t)result.bits > (int32_t)highest.bits) {
    return infinity.value;
  }
  n.value = x * 1.44269504f + integer;
  const float whole = n.value - integer;
  const float r = x - whole * 0.693359375f + whole * 2.12194442e-4f;
  float sum = 1.38145406e-3f;
  sum = sum * r + 8.36874545e-3f;
  sum = sum * r + 4.16683890e-2f;
  sum = sum * r + 1.66665211e-1f;
  sum = sum * r + 4.99999940e-1f;
  result.value = (sum * r + 1.0f) * r + 1.0f;
  result.bits += n.bits << 23;
  return result.value;
}
