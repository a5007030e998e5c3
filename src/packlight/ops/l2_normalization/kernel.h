// SPDX-License-Identifier: Apache-2.0
#ifndef PL_L2_NORMALIZATION_KERNEL_H
#define PL_L2_NORMALIZATION_KERNEL_H

#include "pl.h"

// input and output [rows, depth].
typedef struct {
  int32_t rows, depth;
  int32_t input_offset;  // minus the input's zero point, as int8
  int32_t factor;        // of an element before the root is applied, ...
  int32_t shift;         // ... and of its result, as a power of 2; together 128
  int32_t flip;          // 0; -128 turns uint8 elements into int8 ones and back, by exclusive or
} pl_l2_normalization_8_params;

typedef struct {
  pl_l2_normalization_8_params params;
  const int8_t *input;
  int8_t *output;  // scale 1/128, the zero point in the middle
} pl_l2_normalization_8_args;

typedef struct {
  int32_t rows, depth;
} pl_l2_normalization_f32_params;

typedef struct {
  pl_l2_normalization_f32_params params;
  const float *input;
  float *output;
} pl_l2_normalization_f32_args;

PL_KERNEL void pl_l2_normalization_8(const void *args);
PL_KERNEL void pl_l2_normalization_f32(const void *args);

#endif
