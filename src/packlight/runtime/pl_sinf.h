// SPDX-License-Identifier: Apache-2.0
// Sine and cosine of a float, the same bits on every target: no libm, no division, no fused multiply-add.
//
// x is reduced to r within pi/4 of a multiple of pi/2, whatever its size: its 24 bits times those 96 bits of 2/pi that
// matter (Payne and Hanek, "Radian reduction for trigonometric functions", 1983). Then r + r^3 P(r^2) or
// 1 - r^2 / 2 + r^4 Q(r^2), P and Q of degree 2 (errors 3.8e-9 and 9.6e-11, fitted for it).
#ifndef PL_SINF_H
#define PL_SINF_H

#include "pl.h"

// At most 2.9 units in the last place from the true value. NaN for infinities and NaN.
float pl_sinf(float x);
float pl_cosf(float x);

#endif
