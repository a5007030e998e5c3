// SPDX-License-Identifier: Apache-2.0
#ifndef PL_TRANSPOSE_CONV_KERNEL_H
#define PL_TRANSPOSE_CONV_KERNEL_H

#include "pl.h"

// input [batches, input_h, input_w, input_c], filter [output_c, filter_h, filter_w, input_c],
// output [batches, output_h, output_w, output_c].
typedef struct {
  int32_t batches, input_h, input_w, input_c;
  int32_t filter_h, filter_w;
  int32_t output_h, output_w, output_c;
  pl_tile stride, padding;
} pl_transpose_conv_geometry;

typedef struct {
  pl_transpose_conv_geometry geometry;
  int32_t input_offset;   // minus the input's zero point
  int32_t output_offset;  // the output's zero point
  pl_activation activation;
} pl_transpose_conv_s8_params;

typedef struct {
  pl_transpose_conv_s8_params params;
  const int8_t *input;
  const int8_t *filter;
  const int32_t *bias;  // may be NULL
  const int32_t *multiplier;  // [output_c]
  const int8_t *shift;        // [output_c]
  int8_t *output;
} pl_transpose_conv_s8_args;

typedef struct {
  pl_transpose_conv_geometry geometry;
  int32_t input_offset;   // minus the input's zero point
  int32_t filter_offset;  // minus the filter's
  int32_t output_offset;  // the output's zero point
  pl_activation activation;
} pl_transpose_conv_u8_params;

// Asymmetric weights, one scale for all.
typedef struct {
  pl_transpose_conv_u8_params params;
  const uint8_t *input;
  const uint8_t *filter;
  const int32_t *bias;  // may be NULL
  const int32_t *multiplier;
  const int8_t *shift;
  uint8_t *output;
} pl_transpose_conv_u8_args;

typedef struct {
  pl_transpose_conv_geometry geometry;
  pl_activation activation;
} pl_transpose_conv_s16_params;

// Sums of 64 bits, scaled by pl_requantize_wide.
typedef struct {
  pl_transpose_conv_s16_params params;
  const int16_t *input;
  const int8_t *filter;
  const int64_t *bias;  // may be NULL
  const int32_t *multiplier;  // [output_c]
  const int8_t *shift;        // [output_c]
  int16_t *output;
} pl_transpose_conv_s16_args;

typedef struct {
  pl_transpose_conv_geometry geometry;
  pl_activation_f32 activation;
} pl_transpose_conv_f32_params;

typedef struct {
  pl_transpose_conv_f32_params params;
  const float *input;
  const float *filter;
  const float *bias;  // may be NULL
  float *output;
} pl_transpose_conv_f32_args;

PL_KERNEL void pl_transpose_conv_s8(const void *args);
PL_KERNEL void pl_transpose_conv_u8(const void *args);
PL_KERNEL void pl_transpose_conv_s16(const void *args);
PL_KERNEL void pl_transpose_conv_f32(const void *args);

// The index of the input row (or column) that tap `tap` of the filter brings to output `at`; -1 if there is none.
static inline int32_t pl_transpose_conv_source(int32_t at, int32_t tap, int32_t stride, int32_t size) {
  const int32_t reach = at - tap;
  const int32_t source = reach / stride;
  return reach >= 0 && source < size && source * stride == reach ? source : -1;
}

#endif
