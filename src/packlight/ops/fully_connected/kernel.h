// SPDX-License-Identifier: Apache-2.0
#ifndef PL_FULLY_CONNECTED_KERNEL_H
#define PL_FULLY_CONNECTED_KERNEL_H

#include "pl.h"

// input [batches, depth], filter [units, depth], output [batches, units].
typedef struct {
  int32_t batches, depth, units;
  int32_t input_offset;   // minus the input's zero point
  int32_t output_offset;  // the output's zero point
  int32_t per_channel;    // 1: a multiplier and shift for each unit; 0: one for all
  pl_activation activation;
} pl_fully_connected_s8_params;

typedef struct {
  pl_fully_connected_s8_params params;
  const int8_t *input;
  const int8_t *filter;
  const int32_t *bias;  // may be NULL
  const int32_t *multiplier;
  const int8_t *shift;
  int8_t *output;
} pl_fully_connected_s8_args;

typedef struct {
  int32_t batches, depth, units;
  pl_activation_f32 activation;
} pl_fully_connected_f32_params;

typedef struct {
  pl_fully_connected_f32_params params;
  const float *input;
  const float *filter;
  const float *bias;  // may be NULL
  float *output;
} pl_fully_connected_f32_args;

PL_KERNEL void pl_fully_connected_s8(const void *args);
PL_KERNEL void pl_fully_connected_f32(const void *args);

#endif
