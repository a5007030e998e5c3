// SPDX-License-Identifier: Apache-2.0
#ifndef PL_MUL_KERNEL_H
#define PL_MUL_KERNEL_H

#include "pl.h"
#include "pl_broadcast.h"
#include "pl_wide.h"

typedef struct {
  pl_broadcast rows;
  int32_t input1_offset, input2_offset;  // minus the zero points
  int32_t output_offset;                 // the output's zero point
  int32_t multiplier, shift;
  pl_activation activation;
} pl_mul_s8_params;

typedef struct {
  pl_mul_s8_params params;
  const int8_t *input1;
  const int8_t *input2;
  const int32_t *dims;  // may be NULL: see pl_broadcast.h
  int8_t *output;
} pl_mul_s8_args;

// The same for any type of pl_element.h of up to 16 bits.
typedef struct {
  pl_broadcast rows;
  int32_t input1_offset, input2_offset;
  int32_t output_offset;
  int32_t multiplier, shift;
  pl_activation activation;
  int32_t type;
} pl_mul_q_params;

typedef struct {
  pl_mul_q_params params;
  const void *input1;
  const void *input2;
  const int32_t *dims;  // may be NULL: see pl_broadcast.h
  void *output;
} pl_mul_q_args;

typedef struct {
  pl_broadcast rows;
  pl_activation activation;
} pl_mul_s32_params;

typedef struct {
  pl_mul_s32_params params;
  const int32_t *input1;
  const int32_t *input2;
  const int32_t *dims;  // may be NULL: see pl_broadcast.h
  int32_t *output;
} pl_mul_s32_args;

typedef struct {
  pl_broadcast rows;
  pl_activation_s64 activation;
} pl_mul_s64_params;

typedef struct {
  pl_mul_s64_params params;
  const int64_t *input1;
  const int64_t *input2;
  const int32_t *dims;  // may be NULL: see pl_broadcast.h
  int64_t *output;
} pl_mul_s64_args;

typedef struct {
  pl_broadcast rows;
  pl_activation_f32 activation;
} pl_mul_f32_params;

typedef struct {
  pl_mul_f32_params params;
  const float *input1;
  const float *input2;
  const int32_t *dims;  // may be NULL: see pl_broadcast.h
  float *output;
} pl_mul_f32_args;

// The same with a shift to the right, from 1 to 22.
typedef struct {
  pl_mul_s8_params params;
  const int8_t *input1;
  const int8_t *input2;
  const int32_t *dims;  // may be NULL: see pl_broadcast.h
  int8_t *output;
} pl_mul_s8_dsp_args;

PL_KERNEL void pl_mul_s8_dsp(const void *args);
PL_KERNEL void pl_mul_s8(const void *args);
PL_KERNEL void pl_mul_q(const void *args);
PL_KERNEL void pl_mul_s32(const void *args);
PL_KERNEL void pl_mul_s64(const void *args);
PL_KERNEL void pl_mul_f32(const void *args);

#endif
