// SPDX-License-Identifier: Apache-2.0
// A float to the power of a float, in integer arithmetic: the same bits on every target, no libm, no division.
//
// x^y = 2^(y * log2 x). log2(1 + f) / f by a polynomial of degree 12 on [sqrt(1/2) - 1, sqrt(2) - 1], 2^t by one of
// degree 7 on [0, 1), both Chebyshev fits with coefficients rounded to Q1.30.
#ifndef PL_POWF_H
#define PL_POWF_H

#include "pl.h"

// As C's powf, special values included: x^0 = 1^y = 1, NaN for a negative x and a y that is no integer.
float pl_powf(float x, float y);

#endif
