// SPDX-License-Identifier: Apache-2.0
// Dot products of one row of the input with 16, 4 or 1 rows of weights, for RV32IM.
#ifndef PL_FULLY_CONNECTED_S8_RV32_DOTS_H
#define PL_FULLY_CONNECTED_S8_RV32_DOTS_H

#include "pl.h"

// sums[i] += sum over k of weights[k * rows + i] * x[k], modulo 2^32, for k < count, count > 0.
void fully_connected_s8_rv32_dots_16(const int8_t *weights, const int8_t *x, int32_t count, int32_t *sums);
void fully_connected_s8_rv32_dots_4(const int8_t *weights, const int8_t *x, int32_t count, int32_t *sums);
void fully_connected_s8_rv32_dots_1(const int8_t *weights, const int8_t *x, int32_t count, int32_t *sums);

#endif
