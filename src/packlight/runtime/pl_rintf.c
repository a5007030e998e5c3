// SPDX-License-Identifier: Apache-2.0
#include "pl_rintf.h"

#include "pl_float.h"

float pl_rintf(float x) {
  const float integer = 8388608.0f;  // 2^23: a sum with it has no fraction
  const float size = pl_absf(x);
  if (!(size < integer)) {
    return x;
  }
  return pl_float_of(pl_bits_of((size + integer) - integer) | (pl_bits_of(x) & PL_SIGN_BIT));
}
