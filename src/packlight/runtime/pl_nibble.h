// SPDX-License-Identifier: Apache-2.0
// Elements of 4 bits, two in a byte, the first in the lower half, in two's complement.
#ifndef PL_NIBBLE_H
#define PL_NIBBLE_H

#include "pl.h"

static inline int32_t pl_nibble(const uint8_t *bytes, int32_t index) {
  const int32_t half = bytes[index >> 1] >> (index & 1) * 4 & 15;
  return (half ^ 8) - 8;
}

#endif
