// SPDX-License-Identifier: Apache-2.0
// Exponential and reciprocal in fixed point, bit for bit as gemmlowp defines them for TFLM's integer kernels.
// Qm.n is a number with m integer bits and n fractional bits beside the sign: its integer times 2^-n.
#ifndef PL_FIXED_H
#define PL_FIXED_H

#include "pl.h"

// e^a as Q0.31 (1 is INT32_MAX), for a <= 0 in Q5.26.
//
// a = -(k / 4 + r), k whole and 0 < r <= 1/4: a Taylor polynomial of degree 4 around -1/8 gives e^-r, and each bit of k
// another factor e^(-2^i), i = -2 to 4.
int32_t pl_exp_negative(int32_t a);

// 1 / (1 + a) as Q0.31 for a in [0, 1) in Q0.31: three Newton-Raphson steps from 48/17 - 32/17 * (1 + a) / 2.
int32_t pl_one_over_one_plus(int32_t a);

#endif
