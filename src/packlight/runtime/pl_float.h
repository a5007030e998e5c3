// SPDX-License-Identifier: Apache-2.0
// The bits of a float, for functions that take numbers apart.
#ifndef PL_FLOAT_H
#define PL_FLOAT_H

#include "pl.h"

#define PL_SIGN_BIT 0x80000000u
#define PL_INFINITY_BITS 0x7f800000u
#define PL_NAN_BITS 0x7fc00000u

typedef union {
  float value;
  uint32_t bits;
} pl_float_bits;

static inline uint32_t pl_bits_of(float value) {
  const pl_float_bits number = {value};
  return number.bits;
}

static inline float pl_float_of(uint32_t bits) {
  const pl_float_bits number = {.bits = bits};
  return number.value;
}

static inline float pl_absf(float value) {
  return pl_float_of(pl_bits_of(value) & ~PL_SIGN_BIT);
}

#endif
