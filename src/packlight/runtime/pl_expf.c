// SPDX-License-Identifier: Apache-2.0
#include "pl_expf.h"

#include "pl_float.h"

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
  result.value = (pl_exp_series(r) * r + 1.0f) * r + 1.0f;
  result.bits += n.bits << 23;
  return result.value;
}
