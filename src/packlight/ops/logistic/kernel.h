// SPDX-License-Identifier: Apache-2.0
#ifndef PL_LOGISTIC_KERNEL_H
#define PL_LOGISTIC_KERNEL_H

#include "pl.h"

typedef struct {
  int32_t size;  // elements
} pl_logistic_f32_params;

typedef struct {
  pl_logistic_f32_params params;
  const float *input;
  float *output;
} pl_logistic_f32_args;

// x = (input[i] * multiplier, rounded) >> shift; y = the function of |x| from the table, with lines between its samples,
// which are 2^bits apart; output[i] = (offset + y, or negative_offset - y for negative x) >> output_shift.
typedef struct {
  int32_t size;  // elements
  int32_t multiplier, shift;
  int32_t bits;
  int32_t saturated;  // y from the last sample on
  int32_t offset, negative_offset, output_shift;
} pl_logistic_s16_params;

typedef struct {
  pl_logistic_s16_params params;
  const int16_t *input;
  const uint16_t *table;  // [256], 1 / (1 + e^(-i / 24)) in units of 2^-16
  int16_t *output;
} pl_logistic_s16_args;

PL_KERNEL void pl_logistic_f32(const void *args);
PL_KERNEL void pl_logistic_s16(const void *args);

#endif
