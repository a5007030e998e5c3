// SPDX-License-Identifier: Apache-2.0
// Half-precision floats (IEEE 754 binary16), without hardware that knows them.
#ifndef PL_HALF_H
#define PL_HALF_H

#include "pl.h"

// The float that a half stands for; a NaN keeps its payload.
float pl_float_of_half(uint16_t half);

// The half nearest to a float, halves to even; infinity from 65,520 on.
uint16_t pl_half_of_float(float value);

#endif
