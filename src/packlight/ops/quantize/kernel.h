// SPDX-License-Identifier: Apache-2.0
#ifndef PL_QUANTIZE_KERNEL_H
#define PL_QUANTIZE_KERNEL_H

#include "pl.h"

typedef struct {
  int32_t size;  // elements
  float scale;   // the output's
  int32_t zero_point;
  pl_activation range;  // of the output's type
} pl_quantize_f32_params;

typedef struct {
  pl_quantize_f32_params params;
  const float *input;
  uint8_t *output;  // int8 or uint8, as the range says
} pl_quantize_f32_8_args;

typedef struct {
  pl_quantize_f32_params params;
  const float *input;
  int16_t *output;
} pl_quantize_f32_s16_args;

PL_KERNEL void pl_quantize_f32_8(const void *args);
PL_KERNEL void pl_quantize_f32_s16(const void *args);

#endif
