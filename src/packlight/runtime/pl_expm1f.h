// SPDX-License-Identifier: Apache-2.0
// e^x - 1 and the hyperbolic tangent, exact near 0 too, the same bits on every target.
#ifndef PL_EXPM1F_H
#define PL_EXPM1F_H

#include "pl.h"

// e^x - 1, at most 4 units in the last place from the true value. Near 0 by the series of pl_expf.
float pl_expm1f(float x);

// (e^2x - 1) / (e^2x + 1), at most 3 units in the last place from the true value.
float pl_tanhf(float x);

#endif
