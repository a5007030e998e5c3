// SPDX-License-Identifier: Apache-2.0
#ifndef PL_PRELU_KERNEL_H
#define PL_PRELU_KERNEL_H

#include "pl.h"
#include "pl_broadcast.h"

typedef struct {
  pl_broadcast rows;
  int32_t type, alpha_type;            // of pl_element.h
  int32_t input_offset, alpha_offset;  // minus the zero points
  int32_t output_offset;               // the output's zero point
  int32_t multiplier, shift;           // for inputs that are kept
  int32_t alpha_multiplier, alpha_shift;  // for the products with alpha
  pl_activation range;
} pl_prelu_q_params;

typedef struct {
  pl_prelu_q_params params;
  const void *input1;
  const void *input2;   // alpha
  const int32_t *dims;  // may be NULL: see pl_broadcast.h
  void *output;
} pl_prelu_q_args;

typedef struct {
  pl_broadcast rows;
} pl_prelu_f32_params;

typedef struct {
  pl_prelu_f32_params params;
  const float *input1;
  const float *input2;  // alpha
  const int32_t *dims;  // may be NULL: see pl_broadcast.h
  float *output;
} pl_prelu_f32_args;

PL_KERNEL void pl_prelu_q(const void *args);
PL_KERNEL void pl_prelu_f32(const void *args);

#endif
