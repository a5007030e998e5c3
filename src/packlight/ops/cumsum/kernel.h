// SPDX-License-Identifier: Apache-2.0
#ifndef PL_CUMSUM_KERNEL_H
#define PL_CUMSUM_KERNEL_H

#include "pl.h"
#include "pl_reduction.h"

// Sums of the elements of each run so far. The walk of pl_reduction.h is [2, dims], or NULL without dimensions; input
// and output point to where the first run begins.
typedef struct {
  pl_reduction reduction;
  int32_t exclusive;  // 1: an element is added after its sum is stored
} pl_cumsum_params;

typedef struct {
  pl_cumsum_params params;
  const float *input;
  const int32_t *walk;
  float *output;
} pl_cumsum_f32_args;

typedef struct {
  pl_cumsum_params params;
  const uint32_t *input;
  const int32_t *walk;
  uint32_t *output;
} pl_cumsum_32_args;

typedef struct {
  pl_cumsum_params params;
  const uint64_t *input;
  const int32_t *walk;
  uint64_t *output;
} pl_cumsum_64_args;

typedef struct {
  pl_reduction reduction;
  int32_t exclusive;
  int32_t input_offset;   // minus the input's zero point
  int32_t output_offset;  // the output's zero point
  int32_t multiplier;     // input / output scale, for sums in units of 2^-19
  int32_t shift;
} pl_cumsum_s8_params;

typedef struct {
  pl_cumsum_s8_params params;
  const int8_t *input;
  const int32_t *walk;
  int8_t *output;
} pl_cumsum_s8_args;

PL_KERNEL void pl_cumsum_f32(const void *args);
PL_KERNEL void pl_cumsum_32(const void *args);
PL_KERNEL void pl_cumsum_64(const void *args);
PL_KERNEL void pl_cumsum_s8(const void *args);

#endif
