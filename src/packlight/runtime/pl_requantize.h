// SPDX-License-Identifier: Apache-2.0
// Fixed-point rescaling as gemmlowp defines it (two roundings), which TFLM's integer kernels use.
#ifndef PL_REQUANTIZE_H
#define PL_REQUANTIZE_H

#include "pl.h"

// round(a * b / 2^31), halves up. `b` is not INT32_MIN when `a` is.
int32_t pl_high_mul(int32_t a, int32_t b);

// round(value / 2^exponent), halves away from zero; exponent 0 to 31.
int32_t pl_rounding_shift(int32_t value, int32_t exponent);

// value * multiplier * 2^(shift - 31), rounded by the product and again by the shift; shift -31 to 30, positive is left.
int32_t pl_requantize(int32_t value, int32_t multiplier, int32_t shift);

// round(value * multiplier / 2^shift), halves up; multiplier below 2^15, shift 8 to 46, |value| below 2^47. What TFLM does
// with sums of 64 bits: the multiplier has lost its lower 16 bits.
int32_t pl_requantize_wide(int64_t value, int32_t multiplier, int32_t shift);

// value * multiplier * 2^(shift - 31), rounded once, halves away from zero; at most 2^30 in magnitude. What LiteRT's
// reference kernels compute in double precision.
int32_t pl_requantize_once(int32_t value, int32_t multiplier, int32_t shift);

#endif
