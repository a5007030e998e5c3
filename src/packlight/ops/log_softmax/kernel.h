// SPDX-License-Identifier: Apache-2.0
#ifndef PL_LOG_SOFTMAX_KERNEL_H
#define PL_LOG_SOFTMAX_KERNEL_H

#include "pl.h"

// input and output [rows, depth].
typedef struct {
  int32_t rows, depth;
  int32_t multiplier, shift;                  // from a difference of two inputs to its real value, in Q5.26
  int32_t reverse_multiplier, reverse_shift;  // and back
  int32_t diff_min;                           // differences below this one leave Q5.26: their exponential counts as 0
  int32_t flip;                               // 0; -128 turns uint8 elements into int8 ones and back, by exclusive or
} pl_log_softmax_8_params;

typedef struct {
  pl_log_softmax_8_params params;
  const int8_t *input;
  int8_t *output;  // scale 1/16, the zero point the largest value
} pl_log_softmax_8_args;

typedef struct {
  int32_t rows, depth;
} pl_log_softmax_f32_params;

typedef struct {
  pl_log_softmax_f32_params params;
  const float *input;
  float *output;
} pl_log_softmax_f32_args;

PL_KERNEL void pl_log_softmax_8(const void *args);
PL_KERNEL void pl_log_softmax_f32(const void *args);

#endif
