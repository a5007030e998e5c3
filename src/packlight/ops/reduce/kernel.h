// SPDX-License-Identifier: Apache-2.0
#ifndef PL_REDUCE_KERNEL_H
#define PL_REDUCE_KERNEL_H

#include "pl.h"

// Every output element comes from all the elements of the input that differ in the reduced dimensions only. The walk
// (pl_walk.h) goes through the input by elements: the reduced dimensions run fastest, then those that are kept, so that
// each output is complete before the next one begins.
typedef struct {
  int32_t dims;     // of the walk
  int32_t reduced;  // the first of them
} pl_reduce_walk;

typedef struct {
  pl_reduce_walk walk;
  int32_t input_offset;   // minus the input's zero point, times the elements that make one output
  int32_t output_offset;  // the output's zero point
  int32_t multiplier;
  int32_t shift;
} pl_reduce_sum_s8_params;

typedef struct {
  pl_reduce_sum_s8_params params;
  const int8_t *input;
  const int32_t *walk;  // [2, dims]; NULL without dimensions
  int8_t *output;
} pl_reduce_sum_s8_args;

typedef struct {
  pl_reduce_walk walk;
  float divisor;  // the elements that make one output, or 1
} pl_reduce_sum_f32_params;

typedef struct {
  pl_reduce_sum_f32_params params;
  const float *input;
  const int32_t *walk;  // [2, dims]; NULL without dimensions
  float *output;
} pl_reduce_sum_f32_args;

PL_KERNEL void pl_reduce_sum_s8(const void *args);
PL_KERNEL void pl_reduce_sum_f32(const void *args);

#endif
