// SPDX-License-Identifier: Apache-2.0
// One over the square root in fixed point, bit for bit as TFLM's integer kernels have it.
#ifndef PL_INVERSE_ROOT_H
#define PL_INVERSE_ROOT_H

#include "pl.h"

// 1 / sqrt(value) is multiplier * 2^(shift - 31), as pl_requantize takes them; below 1, value counts as 1.
typedef struct {
  int32_t multiplier, shift;
} pl_inverse;

// value * 4^k in [1/4, 1) by five Newton-Raphson steps x += x / 2 * (1 - value * x^2) from 1, in Q3.28.
pl_inverse pl_inverse_root(int32_t value);

#endif
