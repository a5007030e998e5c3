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

// From the stored integers of one scale to those of another; sums wrap.
typedef struct {
  int32_t size;                     // elements
  int32_t input_type, output_type;  // of elements: see pl_element.h
  int32_t input_offset;             // minus the input's zero point
  int32_t output_offset;            // the output's zero point
  int32_t multiplier, shift;        // input / output scale
  pl_activation range;              // of the output's type
} pl_quantize_integers_params;

typedef struct {
  pl_quantize_integers_params params;
  const void *input;
  void *output;
} pl_quantize_integers_args;

PL_KERNEL void pl_quantize_integers(const void *args);
PL_KERNEL void pl_quantize_f32_8(const void *args);
PL_KERNEL void pl_quantize_f32_s16(const void *args);

#endif
