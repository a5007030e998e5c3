// SPDX-License-Identifier: Apache-2.0
// What CONV_2D's kernels for every core are given.
#ifndef PL_CONV_2D_KERNEL_PORTABLE_H
#define PL_CONV_2D_KERNEL_PORTABLE_H

#include "pl.h"

// input [batches, input_h, input_w, input_c], filter [output_c, filter_h, filter_w, filter_c],
// output [batches, output_h, output_w, output_c]. input_c is a multiple of filter_c: that many groups.
typedef struct {
  int32_t batches, input_h, input_w, input_c;
  int32_t filter_h, filter_w, filter_c;
  int32_t output_h, output_w, output_c;
  int32_t group_c;  // output channels of a group
  pl_tile stride, padding, dilation;
} pl_conv_2d_geometry;

typedef struct {
  pl_conv_2d_geometry geometry;
  int32_t input_offset;   // minus the input's zero point
  int32_t output_offset;  // the output's zero point
  pl_activation activation;
} pl_conv_2d_s8_params;

typedef struct {
  pl_conv_2d_s8_params params;
  const int8_t *input;
  const int8_t *filter;
  const int32_t *bias;  // may be NULL
  const int32_t *multiplier;  // [output_c]
  const int8_t *shift;        // [output_c]
  int8_t *output;
} pl_conv_2d_s8_args;

// The same with weights of 4 bits, two in a byte, the first in the lower half.
typedef struct {
  pl_conv_2d_s8_params params;
  const int8_t *input;
  const uint8_t *filter;
  const int32_t *bias;  // may be NULL
  const int32_t *multiplier;  // [output_c]
  const int8_t *shift;        // [output_c]
  int8_t *output;
} pl_conv_2d_s4_args;

typedef struct {
  pl_conv_2d_geometry geometry;
  pl_activation activation;
} pl_conv_2d_s16_params;

// Sums of 64 bits, scaled by pl_requantize_wide.
typedef struct {
  pl_conv_2d_s16_params params;
  const int16_t *input;
  const int8_t *filter;
  const int64_t *bias;  // may be NULL
  const int32_t *multiplier;  // [output_c]
  const int8_t *shift;        // [output_c]
  int16_t *output;
} pl_conv_2d_s16_args;

// Sums of 32 bits, which wrap as TFLM's do, scaled by pl_requantize.
typedef struct {
  pl_conv_2d_s16_params params;
  const int16_t *input;
  const int8_t *filter;
  const int32_t *bias;  // may be NULL
  const int32_t *multiplier;  // [output_c]
  const int8_t *shift;        // [output_c]
  int16_t *output;
} pl_conv_2d_s16_b32_args;

typedef struct {
  pl_conv_2d_geometry geometry;
  int32_t input_offset;   // minus the input's zero point
  int32_t filter_offset;  // minus the filter's
  int32_t output_offset;  // the output's zero point
  pl_activation activation;
} pl_conv_2d_u8_params;

// Asymmetric weights, one scale for all.
typedef struct {
  pl_conv_2d_u8_params params;
  const uint8_t *input;
  const uint8_t *filter;
  const int32_t *bias;  // may be NULL
  const int32_t *multiplier;
  const int8_t *shift;
  uint8_t *output;
} pl_conv_2d_u8_args;

typedef struct {
  pl_conv_2d_geometry geometry;
  int32_t asymmetric;   // as in pl_quantize_dynamic
  int32_t are_nibbles;  // weights have 4 bits
  int32_t per_channel;  // 1: a scale for each output channel; 0: one for all
  pl_activation_f32 activation;
} pl_conv_2d_hybrid_params;

// Floats times integers: each image is quantised first.
typedef struct {
  pl_conv_2d_hybrid_params params;
  const float *input;
  const int8_t *filter;
  const float *bias;  // may be NULL
  const float *scale;
  int8_t *scratch;  // [input_h, input_w, input_c]
  float *output;
} pl_conv_2d_hybrid_args;

typedef struct {
  pl_conv_2d_geometry geometry;
  pl_activation_f32 activation;
} pl_conv_2d_f32_params;

typedef struct {
  pl_conv_2d_f32_params params;
  const float *input;
  const float *filter;
  const float *bias;  // may be NULL
  float *output;
} pl_conv_2d_f32_args;

PL_KERNEL void pl_conv_2d_s8(const void *args);
PL_KERNEL void pl_conv_2d_s4(const void *args);
PL_KERNEL void pl_conv_2d_s16(const void *args);
PL_KERNEL void pl_conv_2d_s16_b32(const void *args);
PL_KERNEL void pl_conv_2d_u8(const void *args);
PL_KERNEL void pl_conv_2d_hybrid(const void *args);
PL_KERNEL void pl_conv_2d_f32(const void *args);

#endif
