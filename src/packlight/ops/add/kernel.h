// SPDX-License-Identifier: Apache-2.0
#ifndef PL_ADD_KERNEL_H
#define PL_ADD_KERNEL_H

#include "pl.h"
#include "pl_broadcast.h"

// From one scale to another: times multiplier * 2^(shift - 31).
typedef struct {
  int32_t offset;  // minus the zero point of an input; the zero point of the output
  int32_t multiplier, shift;
} pl_add_scale;

typedef struct {
  pl_broadcast rows;
  pl_add_scale input1, input2, output;
  pl_activation activation;
} pl_add_s8_params;

typedef struct {
  pl_add_s8_params params;
  const int8_t *input1;
  const int8_t *input2;
  const int32_t *dims;  // may be NULL: see pl_broadcast.h
  int8_t *output;
} pl_add_s8_args;

typedef struct {
  pl_broadcast rows;
  pl_activation_f32 activation;
} pl_add_f32_params;

typedef struct {
  pl_add_f32_params params;
  const float *input1;
  const float *input2;
  const int32_t *dims;  // may be NULL: see pl_broadcast.h
  float *output;
} pl_add_f32_args;

PL_KERNEL void pl_add_s8(const void *args);
PL_KERNEL void pl_add_f32(const void *args);

#endif
