// SPDX-License-Identifier: Apache-2.0
// e to the power of a float, the same bits on every target: no libm, no division, no fused multiply-add.
//
// x = n ln 2 + r with |r| <= ln 2 / 2; e^r by a polynomial of degree 6 (relative error 3.1e-9, fitted for it), times
// 2^n. Reduction in two parts: Cody and Waite, "Software Manual for the Elementary Functions", 1980, chapter 6.
#ifndef PL_EXPF_H
#define PL_EXPF_H

#include "pl.h"

// e^x, at most 1.18 units in the last place from the true value (every float compared with double precision).
// Below -87.3 it is 0 (the true value is under 1.3e-38), above 88.7228317 infinite; NaN stays NaN.
float pl_expf(float x);

// (e^r - 1 - r) / r^2 for |r| <= ln 2 / 2, by the polynomial of pl_expf.
static inline float pl_exp_series(float r) {
  float sum = 1.38145406e-3f;
  sum = sum * r + 8.36874545e-3f;
  sum = sum * r + 4.16683890e-2f;
  sum = sum * r + 1.66665211e-1f;
  return sum * r + 4.99999940e-1f;
}

#endif
