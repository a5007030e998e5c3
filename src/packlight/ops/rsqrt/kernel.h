// SPDX-License-Identifier: Apache-2.0
#ifndef PL_RSQRT_KERNEL_H
#define PL_RSQRT_KERNEL_H

#include "pl.h"

// output[i] = 2^20 / sqrt(input[i]), times multiplier * 2^(shift - 31), clamped to int16; INT16_MAX where input[i] is 0.
typedef struct {
  int32_t size;  // elements
  int32_t multiplier, shift;
} pl_rsqrt_s16_params;

typedef struct {
  pl_rsqrt_s16_params params;
  const int16_t *input;
  int16_t *output;
} pl_rsqrt_s16_args;

PL_KERNEL void pl_rsqrt_s16(const void *args);

#endif
