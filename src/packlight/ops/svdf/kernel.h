// SPDX-License-Identifier: Apache-2.0
#ifndef PL_SVDF_KERNEL_H
#define PL_SVDF_KERNEL_H

#include "pl.h"

// input [batches, inputs], weights_feature [units, rank, inputs], weights_time [units, rank, memory], bias [units],
// activation_state [batches, units, rank, memory] with the latest number last, output [batches, units].
typedef struct {
  int32_t batches, inputs, units, rank;
  int32_t memory;  // numbers that each filter remembers, at least 1
} pl_svdf_sizes;

typedef struct {
  pl_svdf_sizes sizes;
  int32_t input_offset;      // minus the input's zero point
  int32_t state_zero_point;
  int32_t state_multiplier, state_shift;    // from sums of the input to the state
  int32_t output_offset;     // the output's zero point
  int32_t output_multiplier, output_shift;  // from sums of the state to the output
} pl_svdf_s8_params;

// s8_s8 and s8_s16, by input and state; the weights for time have the state's type.
typedef struct {
  pl_svdf_s8_params params;
  const int8_t *input;
  const int8_t *weights_feature;
  const void *weights_time;
  const int32_t *bias;  // may be NULL
  void *activation_state;
  int8_t *output;
} pl_svdf_s8_args;

typedef struct {
  pl_svdf_sizes sizes;
  pl_activation_f32 activation;
} pl_svdf_f32_params;

typedef struct {
  pl_svdf_f32_params params;
  const float *input;
  const float *weights_feature;
  const float *weights_time;
  const float *bias;  // may be NULL
  float *activation_state;
  float *output;
} pl_svdf_f32_args;

PL_KERNEL void pl_svdf_s8_s8(const void *args);
PL_KERNEL void pl_svdf_s8_s16(const void *args);
PL_KERNEL void pl_svdf_f32(const void *args);

#endif
