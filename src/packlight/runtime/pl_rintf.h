// SPDX-License-Identifier: Apache-2.0
#ifndef PL_RINTF_H
#define PL_RINTF_H

#include "pl.h"

// The whole number nearest to x, halves to the even one; with the sign of x. NaN and infinities stay what they are.
float pl_rintf(float x);

#endif
