// SPDX-License-Identifier: Apache-2.0
#ifndef PL_COMPARISON_KERNEL_H
#define PL_COMPARISON_KERNEL_H

#include "pl.h"
#include "pl_broadcast.h"

// How two elements relate: 1 where the first is less, 2 where both are equal, 4 where it is greater; 0 beside a NaN.
#define PL_COMPARISON_RELATION(x, y) (((x) < (y) ? 1 : 0) + ((x) == (y) ? 2 : 0) + ((x) > (y) ? 4 : 0))

typedef struct {
  pl_broadcast rows;
  int32_t holds;  // bit r is set where the relation r makes the comparison true
} pl_comparison_params;

typedef struct {
  pl_comparison_params params;
  const void *input1;
  const void *input2;
  const int32_t *dims;  // may be NULL: see pl_broadcast.h
  uint8_t *output;
} pl_comparison_args;

// From an input's scale to 2^-8: times multiplier * 2^(shift - 31).
typedef struct {
  int32_t offset;  // minus the zero point
  int32_t multiplier, shift;
} pl_comparison_scale;

typedef struct {
  pl_broadcast rows;
  int32_t holds;  // as above
  int32_t type;   // of pl_element.h, of at most 16 bits
  pl_comparison_scale input1, input2;
} pl_comparison_q_params;

typedef struct {
  pl_comparison_q_params params;
  const void *input1;
  const void *input2;
  const int32_t *dims;  // may be NULL: see pl_broadcast.h
  uint8_t *output;
} pl_comparison_q_args;

PL_KERNEL void pl_comparison_q(const void *args);
PL_KERNEL void pl_comparison_s16(const void *args);
PL_KERNEL void pl_comparison_s32(const void *args);
PL_KERNEL void pl_comparison_s64(const void *args);
PL_KERNEL void pl_comparison_f32(const void *args);

#endif
