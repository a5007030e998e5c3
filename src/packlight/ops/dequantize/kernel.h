// SPDX-License-Identifier: Apache-2.0
#ifndef PL_DEQUANTIZE_KERNEL_H
#define PL_DEQUANTIZE_KERNEL_H

#include "pl.h"

// output[i] = scale * (input[i] - zero_point)
typedef struct {
  int32_t size;  // elements
  int32_t zero_point;
  float scale;
} pl_dequantize_params;

typedef struct {
  pl_dequantize_params params;
  const int8_t *input;
  float *output;
} pl_dequantize_s8_args;

typedef struct {
  pl_dequantize_params params;
  const uint8_t *input;
  float *output;
} pl_dequantize_u8_args;

typedef struct {
  pl_dequantize_params params;
  const int16_t *input;
  float *output;
} pl_dequantize_s16_args;

// output[i] = input[i], a half-precision float
typedef struct {
  int32_t size;  // elements
} pl_dequantize_f16_params;

typedef struct {
  pl_dequantize_f16_params params;
  const uint16_t *input;
  float *output;
} pl_dequantize_f16_args;

// output[o, c, i] = scale[c] * (input[o, c, i] - zero_point[c])
typedef struct {
  int32_t outer, channels, inner;
  int32_t type;  // of the input's elements: see pl_element.h
} pl_dequantize_channels_params;

typedef struct {
  pl_dequantize_channels_params params;
  const void *input;
  const float *scale;         // [channels]
  const int32_t *zero_point;  // [channels]
  float *output;
} pl_dequantize_channels_args;

PL_KERNEL void pl_dequantize_s8(const void *args);
PL_KERNEL void pl_dequantize_u8(const void *args);
PL_KERNEL void pl_dequantize_s16(const void *args);
PL_KERNEL void pl_dequantize_f16(const void *args);
PL_KERNEL void pl_dequantize_channels(const void *args);

#endif
