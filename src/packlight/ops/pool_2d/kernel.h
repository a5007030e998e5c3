// SPDX-License-Identifier: Apache-2.0
#ifndef PL_POOL_2D_KERNEL_H
#define PL_POOL_2D_KERNEL_H

#include "pl.h"

// input [batches, input_h, input_w, channels], output [batches, output_h, output_w, channels].
// Every window has at least one element inside the input.
typedef struct {
  int32_t batches, input_h, input_w, channels;
  int32_t filter_h, filter_w;
  int32_t output_h, output_w;
  pl_tile stride, padding;
} pl_pool_2d_geometry;

typedef struct {
  pl_pool_2d_geometry geometry;
  pl_activation activation;
} pl_pool_2d_s8_params;

// average_s8, average_u8, average_s16 and their variants
typedef struct {
  pl_pool_2d_s8_params params;
  const void *input;
  void *output;
} pl_pool_2d_average_args;

// max_s8, max_u8, max_s16 and their variants
typedef struct {
  pl_pool_2d_s8_params params;
  const void *input;
  void *output;
} pl_pool_2d_max_args;

typedef struct {
  pl_pool_2d_geometry geometry;
  pl_activation_f32 activation;
} pl_pool_2d_f32_params;

typedef struct {
  pl_pool_2d_f32_params params;
  const float *input;
  float *output;
} pl_pool_2d_average_f32_args;

typedef struct {
  pl_pool_2d_f32_params params;
  const float *input;
  float *output;
} pl_pool_2d_max_f32_args;

typedef struct {
  pl_pool_2d_f32_params params;
  const float *input;
  float *output;
} pl_pool_2d_l2_f32_args;

PL_KERNEL void pl_pool_2d_average_s8_dsp(const void *args);
PL_KERNEL void pl_pool_2d_average_s8(const void *args);
PL_KERNEL void pl_pool_2d_average_u8(const void *args);
PL_KERNEL void pl_pool_2d_average_s16(const void *args);
PL_KERNEL void pl_pool_2d_average_f32(const void *args);
PL_KERNEL void pl_pool_2d_max_s8_dsp(const void *args);
PL_KERNEL void pl_pool_2d_max_s8(const void *args);
PL_KERNEL void pl_pool_2d_max_u8(const void *args);
PL_KERNEL void pl_pool_2d_max_s16(const void *args);
PL_KERNEL void pl_pool_2d_max_f32(const void *args);
PL_KERNEL void pl_pool_2d_l2_f32(const void *args);

#endif
