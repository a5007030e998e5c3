// SPDX-License-Identifier: Apache-2.0
// FULLY_CONNECTED of floats with integer weights.
#ifndef PL_FULLY_CONNECTED_KERNEL_HYBRID_H
#define PL_FULLY_CONNECTED_KERNEL_HYBRID_H

#include "pl.h"

typedef struct {
  int32_t batches, depth, units;
  int32_t asymmetric;   // as in pl_quantize_dynamic
  int32_t are_nibbles;  // weights have 4 bits
  int32_t per_channel;  // 1: a scale for each unit; 0: one for all
  pl_activation_f32 activation;
} pl_fully_connected_hybrid_params;

// Floats times integers: each row of the input is quantised first.
typedef struct {
  pl_fully_connected_hybrid_params params;
  const float *input;
  const int8_t *filter;
  const float *bias;  // may be NULL
  const float *scale;
  int8_t *scratch;  // [depth]
  float *output;
} pl_fully_connected_hybrid_args;

PL_KERNEL void pl_fully_connected_hybrid(const void *args);

#endif
