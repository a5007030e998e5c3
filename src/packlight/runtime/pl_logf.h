// SPDX-License-Identifier: Apache-2.0
// The natural logarithm of a float, the same bits on every target: no libm, no division, no fused multiply-add.
//
// x = 2^k m with m from sqrt(1/2) to sqrt(2); log(1 + f) = f - f^2 / 2 + f^3 P(f), P of degree 7 (relative error 5.9e-9,
// fitted for it); k ln 2 in two parts, as in pl_expf.h.
#ifndef PL_LOGF_H
#define PL_LOGF_H

#include "pl.h"

// ln x, at most 0.86 units in the last place from the true value (every float compared with double precision).
// 0 gives minus infinity, numbers below 0 NaN; NaN stays NaN.
float pl_logf(float x);

#endif
