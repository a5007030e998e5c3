// SPDX-License-Identifier: Apache-2.0
// The complementary error function of a float, the same bits on every target.
#ifndef PL_ERFCF_H
#define PL_ERFCF_H

#include "pl.h"

// 1 - erf(x), with a relative error of at most 4.3e-7 up to x = 1.5, 1.5e-6 up to 4, 8e-6 beyond; 0 from 9.3 on.
//
// For x >= 0 it is t e^(P(t) - x^2), t = 1 / (1 + x / 2), P of degree 9 (relative error 4.1e-8, fitted for it); the form
// is that of Numerical Recipes, section 6.2.
float pl_erfcf(float x);

#endif
