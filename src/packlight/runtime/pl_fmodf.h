// SPDX-License-Identifier: Apache-2.0
// The remainder of a division of floats, exactly and with the same bits on every target: no libm, no division.
#ifndef PL_FMODF_H
#define PL_FMODF_H

#include "pl.h"

// x - n * y, n the quotient x / y towards zero: the sign of x, as C's fmodf. NaN if x is infinite or y is 0.
float pl_fmodf(float x, float y);

#endif
