// SPDX-License-Identifier: Apache-2.0
// Logistic function and hyperbolic tangent of int16 numbers, from one table with straight lines between its samples, bit
// for bit as TFLM has them; ops/logistic/op.py makes the table and the curves.
#ifndef PL_SIGMOID_H
#define PL_SIGMOID_H

#include "pl.h"

// x = (value * multiplier, rounded) >> shift; y = the function of |x| from the table, whose samples are 2^bits apart;
// the result is (offset + y, or negative_offset - y for negative x) >> output_shift.
typedef struct {
  int32_t multiplier, shift;
  int32_t bits;
  int32_t saturated;  // y from the last sample on
  int32_t offset, negative_offset, output_shift;
} pl_sigmoid;

// `table` is [256], 1 / (1 + e^(-i / 24)) in units of 2^-16.
int16_t pl_sigmoid_s16(const pl_sigmoid *curve, const uint16_t *table, int32_t value);

#endif
