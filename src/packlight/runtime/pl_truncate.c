// SPDX-License-Identifier: Apache-2.0
#include "pl_truncate.h"

#include "pl_float.h"

int64_t pl_truncate(float value) {
  const uint32_t bits = pl_bits_of(value);
  const int32_t shift = (int32_t)(bits >> 23 & 255) - 127 - 23;
  int64_t whole = (int64_t)((bits & 0x7fffff) | 0x800000);  // magnitude * 2^-shift
  if (shift < -23 || (bits & ~PL_SIGN_BIT) > PL_INFINITY_BITS) {
    return 0;
  }
  if (shift < 40) {
    whole = shift < 0 ? whole >> -shift : whole << shift;
    return bits & PL_SIGN_BIT ? -whole : whole;
  }
  return bits & PL_SIGN_BIT ? INT64_MIN : INT64_MAX;
}
