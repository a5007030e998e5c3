// SPDX-License-Identifier: Apache-2.0
#ifndef PL_DIV_KERNEL_H
#define PL_DIV_KERNEL_H

#include "pl.h"
#include "pl_broadcast.h"

typedef struct {
  pl_broadcast rows;
  int32_t type;                          // of pl_element.h
  int32_t input1_offset, input2_offset;  // minus the zero points
  int32_t output_offset;                 // the output's zero point
  int32_t multiplier, shift;
  pl_activation activation;
} pl_div_q_params;

typedef struct {
  pl_div_q_params params;
  const void *input1;
  const void *input2;
  const int32_t *dims;  // may be NULL: see pl_broadcast.h
  void *output;
} pl_div_q_args;

typedef struct {
  pl_broadcast rows;
  pl_activation activation;
} pl_div_s32_params;

typedef struct {
  pl_div_s32_params params;
  const int32_t *input1;
  const int32_t *input2;
  const int32_t *dims;  // may be NULL: see pl_broadcast.h
  int32_t *output;
} pl_div_s32_args;

typedef struct {
  pl_broadcast rows;
  pl_activation_f32 activation;
} pl_div_f32_params;

typedef struct {
  pl_div_f32_params params;
  const float *input1;
  const float *input2;
  const int32_t *dims;  // may be NULL: see pl_broadcast.h
  float *output;
} pl_div_f32_args;

PL_KERNEL void pl_div_q(const void *args);
PL_KERNEL void pl_div_s32(const void *args);
PL_KERNEL void pl_div_f32(const void *args);

#endif
