// SPDX-License-Identifier: Apache-2.0
// The square root of a float, the same bits on every target: in integers, bit by bit.
#ifndef PL_SQRTF_H
#define PL_SQRTF_H

#include "pl.h"

// The float nearest to the square root of x, as IEEE 754 has it; NaN below 0.
float pl_sqrtf(float x);

#endif
