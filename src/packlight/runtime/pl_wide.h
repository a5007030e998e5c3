// SPDX-License-Identifier: Apache-2.0
// What kernels of 64-bit integers share.
#ifndef PL_WIDE_H
#define PL_WIDE_H

#include "pl.h"

// What the elements of an output are clamped to.
typedef struct {
  int64_t min, max;
} pl_activation_s64;

static inline int64_t pl_clamp_s64(int64_t value, pl_activation_s64 range) {
  if (value < range.min) {
    value = range.min;
  }
  return value > range.max ? range.max : value;
}

#endif
