// SPDX-License-Identifier: Apache-2.0
// What DEPTHWISE_CONV_2D's integer kernels for every core are given.
#ifndef PL_DEPTHWISE_CONV_2D_KERNEL_PORTABLE_H
#define PL_DEPTHWISE_CONV_2D_KERNEL_PORTABLE_H

#include "depthwise_conv_2d/kernel_float.h"
#include "pl.h"

typedef struct {
  pl_depthwise_conv_2d_geometry geometry;
  int32_t input_offset;   // minus the input's zero point
  int32_t output_offset;  // the output's zero point
  pl_activation activation;
} pl_depthwise_conv_2d_s8_params;

typedef struct {
  pl_depthwise_conv_2d_s8_params params;
  const int8_t *input;
  const int8_t *filter;
  const int32_t *bias;  // may be NULL
  const int32_t *multiplier;  // [output_c]
  const int8_t *shift;        // [output_c]
  int8_t *output;
} pl_depthwise_conv_2d_s8_args;

// The same with weights of 4 bits, two in a byte, the first in the lower half.
typedef struct {
  pl_depthwise_conv_2d_s8_params params;
  const int8_t *input;
  const uint8_t *filter;
  const int32_t *bias;  // may be NULL
  const int32_t *multiplier;  // [output_c]
  const int8_t *shift;        // [output_c]
  int8_t *output;
} pl_depthwise_conv_2d_s4_args;

typedef struct {
  pl_depthwise_conv_2d_geometry geometry;
  pl_activation activation;
} pl_depthwise_conv_2d_s16_params;

// Sums of 64 bits, scaled by pl_requantize_wide.
typedef struct {
  pl_depthwise_conv_2d_s16_params params;
  const int16_t *input;
  const int8_t *filter;
  const int64_t *bias;  // may be NULL
  const int32_t *multiplier;  // [output_c]
  const int8_t *shift;        // [output_c]
  int16_t *output;
} pl_depthwise_conv_2d_s16_args;

typedef struct {
  pl_depthwise_conv_2d_geometry geometry;
  int32_t input_offset;   // minus the input's zero point
  int32_t filter_offset;  // minus the filter's
  int32_t output_offset;  // the output's zero point
  pl_activation activation;
} pl_depthwise_conv_2d_u8_params;

// Asymmetric weights, one scale for all.
typedef struct {
  pl_depthwise_conv_2d_u8_params params;
  const uint8_t *input;
  const uint8_t *filter;
  const int32_t *bias;  // may be NULL
  const int32_t *multiplier;
  const int8_t *shift;
  uint8_t *output;
} pl_depthwise_conv_2d_u8_args;

PL_KERNEL void pl_depthwise_conv_2d_s8(const void *args);
PL_KERNEL void pl_depthwise_conv_2d_s4(const void *args);
PL_KERNEL void pl_depthwise_conv_2d_s16(const void *args);
PL_KERNEL void pl_depthwise_conv_2d_u8(const void *args);

#endif
