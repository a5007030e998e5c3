// SPDX-License-Identifier: Apache-2.0
// Integer divisions that are defined for every pair: a quotient by 0 is 0, and so is its remainder; INT32_MIN / -1 wraps.
#ifndef PL_DIVIDE_H
#define PL_DIVIDE_H

#include "pl.h"

// a / b towards zero.
static inline int32_t pl_quotient(int32_t a, int32_t b) {
  if (b == 0) {
    return 0;
  }
  return b == -1 ? (int32_t)(0U - (uint32_t)a) : a / b;
}

#endif
