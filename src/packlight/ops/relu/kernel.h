// SPDX-License-Identifier: Apache-2.0
#ifndef PL_RELU_KERNEL_H
#define PL_RELU_KERNEL_H

#include "pl.h"

typedef struct {
  int32_t size;  // elements
  pl_activation_f32 activation;
} pl_relu_f32_params;

typedef struct {
  pl_relu_f32_params params;
  const float *input;
  float *output;
} pl_relu_f32_args;

typedef struct {
  int32_t size;  // elements
  float alpha;   // the slope below 0
} pl_relu_leaky_f32_params;

typedef struct {
  pl_relu_leaky_f32_params params;
  const float *input;
  float *output;
} pl_relu_leaky_f32_args;

// A straight line through 0: value * before, times multiplier * 2^(shift - 31), times after.
typedef struct {
  int32_t before;  // 1 or -1
  int32_t multiplier, shift;
  int32_t after;  // 1 or -1
} pl_relu_slope;

// One line for what is below the input's zero point, another from there on.
typedef struct {
  int32_t size;           // elements
  int32_t input_offset;   // minus the input's zero point
  int32_t output_offset;  // the output's zero point
  pl_relu_slope below, above;
  pl_activation activation;
} pl_relu_slopes_s16_params;

typedef struct {
  pl_relu_slopes_s16_params params;
  const int16_t *input;
  int16_t *output;
} pl_relu_slopes_s16_args;

PL_KERNEL void pl_relu_f32(const void *args);
PL_KERNEL void pl_relu_leaky_f32(const void *args);
PL_KERNEL void pl_relu_slopes_s16(const void *args);

#endif
