// SPDX-License-Identifier: Apache-2.0
#ifndef PL_SQUARED_DIFFERENCE_KERNEL_H
#define PL_SQUARED_DIFFERENCE_KERNEL_H

#include "pl.h"
#include "pl_broadcast.h"

// From one scale to another: times multiplier * 2^(shift - 31).
typedef struct {
  int32_t offset;  // minus the zero point of an input; the zero point of the output
  int32_t multiplier, shift;
} pl_squared_difference_scale;

typedef struct {
  pl_broadcast rows;
  int32_t type;        // of pl_element.h
  int32_t left_shift;  // bits that inputs gain before they are scaled
  pl_squared_difference_scale input1, input2, output;
  pl_activation range;
} pl_squared_difference_q_params;

typedef struct {
  pl_squared_difference_q_params params;
  const void *input1;
  const void *input2;
  const int32_t *dims;  // may be NULL: see pl_broadcast.h
  void *output;
} pl_squared_difference_q_args;

typedef struct {
  pl_broadcast rows;
} pl_squared_difference_params;

typedef struct {
  pl_squared_difference_params params;
  const void *input1;
  const void *input2;
  const int32_t *dims;  // may be NULL: see pl_broadcast.h
  void *output;
} pl_squared_difference_args;

PL_KERNEL void pl_squared_difference_q(const void *args);
PL_KERNEL void pl_squared_difference_s32(const void *args);
PL_KERNEL void pl_squared_difference_f32(const void *args);

#endif
