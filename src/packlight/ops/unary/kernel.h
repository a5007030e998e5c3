// SPDX-License-Identifier: Apache-2.0
#ifndef PL_UNARY_KERNEL_H
#define PL_UNARY_KERNEL_H

#include "pl.h"

// output[i] = f(input[i]), f as the kernel is called.
typedef struct {
  int32_t size;  // elements
} pl_unary_params;

typedef struct {
  pl_unary_params params;
  const float *input;
  float *output;
} pl_unary_args;

// Integers as they are stored, modulo 2^16, 2^32 and 2^64.
typedef struct {
  pl_unary_params params;
  const uint16_t *input;
  uint16_t *output;
} pl_unary_neg_16_args;

typedef struct {
  pl_unary_params params;
  const uint32_t *input;
  uint32_t *output;
} pl_unary_neg_32_args;

typedef struct {
  pl_unary_params params;
  const uint64_t *input;
  uint64_t *output;
} pl_unary_neg_64_args;

typedef struct {
  pl_unary_params params;
  const uint32_t *input;
  uint32_t *output;
} pl_unary_abs_32_args;

// sqrt(input[i] * input_scale) / output_scale, without its fraction, at most INT16_MAX.
typedef struct {
  int32_t size;  // elements
  float input_scale, output_scale;
} pl_unary_sqrt_s16_params;

typedef struct {
  pl_unary_sqrt_s16_params params;
  const int16_t *input;
  int16_t *output;
} pl_unary_sqrt_s16_args;

PL_KERNEL void pl_unary_abs_f32(const void *args);
PL_KERNEL void pl_unary_ceil_f32(const void *args);
PL_KERNEL void pl_unary_cos_f32(const void *args);
PL_KERNEL void pl_unary_elu_f32(const void *args);
PL_KERNEL void pl_unary_exp_f32(const void *args);
PL_KERNEL void pl_unary_floor_f32(const void *args);
PL_KERNEL void pl_unary_hard_swish_f32(const void *args);
PL_KERNEL void pl_unary_log_f32(const void *args);
PL_KERNEL void pl_unary_neg_f32(const void *args);
PL_KERNEL void pl_unary_round_f32(const void *args);
PL_KERNEL void pl_unary_rsqrt_f32(const void *args);
PL_KERNEL void pl_unary_sin_f32(const void *args);
PL_KERNEL void pl_unary_sqrt_f32(const void *args);
PL_KERNEL void pl_unary_square_f32(const void *args);
PL_KERNEL void pl_unary_tanh_f32(const void *args);
PL_KERNEL void pl_unary_abs_32(const void *args);
PL_KERNEL void pl_unary_neg_16(const void *args);
PL_KERNEL void pl_unary_neg_32(const void *args);
PL_KERNEL void pl_unary_neg_64(const void *args);
PL_KERNEL void pl_unary_sqrt_s16(const void *args);

#endif
