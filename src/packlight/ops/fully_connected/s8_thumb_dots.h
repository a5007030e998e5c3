// SPDX-License-Identifier: Apache-2.0
// Dot products of one row of bytes with 8, 4 or 1 rows of weights, all unsigned, for Cortex-M without SIMD.
#ifndef PL_FULLY_CONNECTED_S8_THUMB_DOTS_H
#define PL_FULLY_CONNECTED_S8_THUMB_DOTS_H

#include "pl.h"

// sums[i] += sum over k of weights[k * rows + i] * x[k], modulo 2^32, for k < count, count > 0.
void fully_connected_s8_thumb_dots_8(const uint8_t *weights, const uint8_t *x, int32_t count, uint32_t *sums);
void fully_connected_s8_thumb_dots_4(const uint8_t *weights, const uint8_t *x, int32_t count, uint32_t *sums);
void fully_connected_s8_thumb_dots_1(const uint8_t *weights, const uint8_t *x, int32_t count, uint32_t *sums);

// to[i] = from[i] + 128 for i < count, count > 0; their sum.
uint32_t fully_connected_s8_thumb_bytes(uint8_t *to, const int8_t *from, int32_t count);

#endif
